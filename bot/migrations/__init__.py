"""How the tables came to be, one file a step. The newest is the REVISION of bot/store/tables.py."""
