"""People's spreadsheets become clean rows, with every fault located."""
