# RUN: %python %s
# REQUIRES: llvm-19, sphinx
"""The documentation builds into a site without a warning, every link in it leads
somewhere, and each check has its page at the address that reports name.
"""
import html.parser
import glob
import urllib.parse

from support import *


class Page(html.parser.HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.links, self.anchors = [], set()
        with open(path, encoding="utf-8") as f:
            self.feed(f.read())

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name == "id":
                self.anchors.add(value)
            if tag == "a" and name == "href" and value:
                self.links.append(value)


with scratch() as folder:
    built = run(f"{SOURCE}/tools/site", folder)
    expect(built.status == 0 and built.out.strip() == f"{folder}/index.html", "tools/site")
    pages = {path: Page(path) for path in glob.glob(f"{folder}/**/*.html", recursive=True)}
    expect(len(pages) > 8, "pages")
    for path, page in pages.items():
        for link in page.links:
            parts = urllib.parse.urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = os.path.normpath(os.path.join(os.path.dirname(path), urllib.parse.unquote(parts.path))) \
                if parts.path else path
            expect(os.path.exists(target), f"{path}: {link}")
            if parts.fragment and target in pages:
                expect(urllib.parse.unquote(parts.fragment) in pages[target].anchors, f"{path}: {link}")
    for page in glob.glob(f"{SOURCE}/docs/checks/*-*.md"):
        name = os.path.basename(page)[:-len(".md")]
        expect(f"{folder}/checks/{name}.html" in pages, f"a page for {name}")
    expect(os.path.exists(f"{folder}/searchindex.js"), "search")
