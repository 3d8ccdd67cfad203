"""The living demo: Kecamatan Kebomas with invented proposals; offices only, no person."""
