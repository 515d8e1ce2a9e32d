"""The frame around the pages: sidebar, header, hint bar, palette, toasts."""
