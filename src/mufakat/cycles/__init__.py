"""The planning year: windows, pagu, kamus. n is the plan year; everything here happens in n-1."""
