"""Where stages run: in processes of this machine, or (with the extra `scale`) on workers behind a queue."""
