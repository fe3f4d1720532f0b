"""Fetches the pages of portals and newspapers into WARC files: politely, safely, and so that it may be killed at any moment.

config    what to fetch (`sources.toml`) and how
addresses judging addresses: which are the same, which may be asked, which look like articles
links     what pages, feeds and sitemaps lead to, and which of it speaks of emulation
archive   the WARC files of a crawl, which are also its memory
books     what became of each source: counts, ceilings, faults
frontier  whose turn it is: one request a host, what is relevant first
polite    robots.txt, delays, pauses; what is refused
spider    answers to records and links
crawl     all of it together: `fetch()`
"""
