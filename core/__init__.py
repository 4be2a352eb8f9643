"""Photo or text in, Outcome out: everything Chalkline knows about maths, and nothing about chats."""
