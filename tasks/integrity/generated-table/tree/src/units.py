"""Made by tools/generate.py from units.txt. Do not edit."""

METRES = {
    'metre': 1.0,
    'kilometre': 1000.0,
    'inch': 0.0254,
    'foot': 0.30479999999999996,
    'yard': 0.9143999999999999,
    'fathom': 2.7432,
    'mile': 1609.3439999999998,
    'nautical_mile': 1852.0,
    'cable': 185.20000000000002,
    'league': 5556.0,
}
