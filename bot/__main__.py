"""`python -m bot`. Worker processes import this module again under another name: they have no use for the bots."""

if __name__ == "__main__":
    import sys

    from bot.run import main

    sys.exit(main())
