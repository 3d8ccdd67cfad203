"""Base pages, components, design tokens, static files. Knows nothing of what the pages say."""
