"""Every page in a real browser: what people see, hear and reach with a keyboard."""
