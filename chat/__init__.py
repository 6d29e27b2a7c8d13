"""What the chat page is made of: HTML written from answers, the look, and how the page is served."""
