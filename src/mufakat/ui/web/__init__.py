"""The style page."""
