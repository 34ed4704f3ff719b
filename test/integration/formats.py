# RUN: %python %s
# REQUIRES: executable
"""The formats of `threadlint run`, each after a real run: SARIF follows its schema, XML
and HTML are well-formed, GitLab gets its keys, and a failed run never looks clean.
"""
import html.parser
import re
import sys
import xml.etree.ElementTree

from support import *

sys.path.insert(0, os.path.join(SOURCE, "tools"))
import sarif_schema  # noqa: E402

NASTY = "sources & more/<script>%41,ü.cpp"
# A column behind characters of several bytes, and a path of two steps.
TEXT = """#include <mutex>
#include <unistd.h>
static std::mutex mu;
static void persist(int fd) { fsync(fd); }
void flush(int fd) {
  std::lock_guard<std::mutex> guard(mu);
  /* <b>€😀</b> */ persist(fd);
}
"""
FORMATS = ("text", "json", "sarif", "gitlab", "github", "checkstyle", "html")


class WellFormed(html.parser.HTMLParser):
    """Every element is closed, in the right order; nothing is loaded."""
    VOID = {"meta", "input"}

    def __init__(self, text):
        super().__init__()
        self.open, self.text, self.scripts = [], [], 0
        self.feed(text)
        self.close()
        expect(not self.open, f"{self.open} never closed")

    def handle_starttag(self, tag, attributes):
        loads = {"src"} if tag == "a" else {"src", "href"}
        expect(not loads & {name for name, _ in attributes}, f"<{tag}> loads something")
        self.scripts += tag == "script"
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        expect(self.open and self.open.pop() == tag, f"</{tag}> at {self.getpos()}")

    def handle_data(self, data):
        self.text.append(data)


def lint(folder, form, *sources, status):
    output = os.path.join(folder, "report")
    result = run(EXECUTABLE, "run", f"--format={form}", f"--output={output}", *sources, cwd=folder)
    expect(result.status == status, f"{form}: exit status {status}")
    expect(result.out == "", "the report is in the file only")
    with open(output, encoding="utf-8") as f:
        return f.read()


def validate(text):
    schema = sarif_schema.path()
    with tempfile.NamedTemporaryFile("w", suffix=".sarif", encoding="utf-8") as log:
        log.write(text)
        log.flush()
        # Debian's program, which brings its own Python.
        result = run("/usr/bin/jsonschema", "-i", log.name, schema)
        expect(result.status == 0, "follows the schema of SARIF 2.1.0")
        wrong = json.loads(text)
        del wrong["runs"][0]["tool"]["driver"]["name"]
        log.seek(0)
        log.truncate()
        json.dump(wrong, log)
        log.flush()
        expect(run("/usr/bin/jsonschema", "-i", log.name, schema).status == 1, "the schema is one")


def check_help_link(link, check):
    """The link leads to the check's page in the repository."""
    with open(os.path.join(SOURCE, "CMakeLists.txt"), encoding="utf-8") as lists:
        text = lists.read()
    home = re.search(r'HOMEPAGE_URL "(.+)"', text)[1]
    expect(link.startswith(f"{home}/blob/main/docs/checks/"), link)
    page = os.path.join(SOURCE, link.split("/blob/main/", 1)[1])
    with open(page, encoding="utf-8") as text:
        expect(text.readline().strip() == f"# {check}", page)


def check_sarif(text, failed):
    validate(text)
    log = json.loads(text)["runs"][0]
    rules = [rule["id"] for rule in log["tool"]["driver"]["rules"]]
    expect(len(rules) >= 5 and rules == sorted(rules), "all checks are rules")
    for rule in log["tool"]["driver"]["rules"]:
        expect(rule["help"]["markdown"].startswith("# " + rule["id"]), "the page is the help")
        check_help_link(rule["helpUri"], rule["id"])
    result, = log["results"]
    expect(rules[result["ruleIndex"]] == result["ruleId"] == CHECK, "the rule of the result")
    place = result["locations"][0]["physicalLocation"]
    expect(place["artifactLocation"] == {"uri": "sources%20%26%20more/%3Cscript%3E%2541%2C%C3%BC.cpp",
                                         "uriBaseId": "%SRCROOT%"}, "an escaped relative path")
    expect(log["originalUriBaseIds"]["%SRCROOT%"]["uri"].endswith("/"), "the root is a folder")
    line = TEXT.splitlines()[place["region"]["startLine"] - 1].encode("utf-16-le")
    word = line[2 * (place["region"]["startColumn"] - 1):2 * (place["region"]["endColumn"] - 1)]
    expect(word.decode("utf-16-le") == "persist", "columns count UTF-16 code units")
    steps = result["codeFlows"][0]["threadFlows"][0]["locations"]
    texts = [step["location"]["message"]["text"] for step in steps]
    expect("acquired here" in texts[0] and "'fsync'" in texts[1] and len(texts) == 2, "the path in order")
    expect(len(result["relatedLocations"]) == 3 and result["partialFingerprints"]["threadlint/v1"],
           "all notes, and a fingerprint")
    invocation, = log["invocations"]
    expect(invocation["executionSuccessful"] == (not failed), "whether the run failed")
    expect(len(invocation["toolExecutionNotifications"]) == failed, "one notification for each problem")


def check_gitlab(text, failed):
    issues = json.loads(text)
    expect(len(issues) == 1 + failed, "one for each finding and problem")
    for issue in issues:
        for key in ("description", "check_name", "fingerprint", "severity"):
            expect(isinstance(issue[key], str) and issue[key], key)
        expect(issue["severity"] in ("info", "minor", "major", "critical", "blocker"), "a severity")
        expect(issue["location"]["lines"]["begin"] >= 1, "a line")
    expect(len({issue["fingerprint"] for issue in issues}) == len(issues), "fingerprints differ")
    expect(issues[-1]["location"]["path"] == NASTY and issues[-1]["location"]["lines"]["begin"] == 7,
           "the place")
    expect([i["severity"] for i in issues] == ["blocker"] * failed + ["major"], "problems block")


def check_checkstyle(text, failed):
    root = xml.etree.ElementTree.fromstring(text.encode())
    errors = {(f.get("name"), e.get("severity"), e.get("line")) for f in root for e in f}
    expect((NASTY, "warning", "7") in errors and len(errors) == 1 + failed, "the findings")
    expect(("broken.cpp", "error", "1") in errors or not failed, "the problem")


def check_github(text, failed):
    lines = text.splitlines()
    expect(len(lines) == 1 + failed, "one command each")
    expect(lines[-1].startswith("::warning file=sources & more/<script>%2541%2Cü.cpp,line=7,col="),
           "properties are escaped")
    expect(lines[0].startswith("::error file=broken.cpp,") or not failed, "the problem")


def check_json(text, failed):
    report = json.loads(text)
    finding, = report["findings"]
    expect(report["version"] == 1 and report["sources"] == 1 + failed, "the head")
    expect(finding["file"] == NASTY and finding["check"] == CHECK and finding["line"] == 7, "the finding")
    expect([p["file"] for p in report["problems"]] == ["broken.cpp"] * failed, "the problems")


def check_html(text, failed):
    page = WellFormed(text)
    shown = "".join(page.text)
    expect(page.scripts == 1 and NASTY in shown, "the file's name is text")
    expect("<b>€😀</b> */ persist(fd);" in shown, "the code is text")
    expect(("could not be linted" in shown) == bool(failed), "the problem")


def check_text(text, failed):
    expect(f"[{CHECK}]" in text, "the finding")
    expect(("could not be linted" in text) == bool(failed), "the problem")


with scratch() as folder:
    os.makedirs(os.path.join(folder, ".git"))  # the root that paths are relative to
    write(folder, NASTY, TEXT)
    write(folder, "broken.cpp", "#include <no_such_header.h>\n")
    write(folder, "good.cpp", GOOD)
    for form in FORMATS:
        check = globals()["check_" + form]
        check(lint(folder, form, NASTY, status=1), 0)
        text = lint(folder, form, NASTY, "broken.cpp", status=2)
        check(text, 1)
        expect("no_such_header.h" in text or form == "text", "what clang said")
        expect(lint(folder, form, "good.cpp", status=0) != text, "clean")

    result = run(EXECUTABLE, "run", "--format=xml", "good.cpp", cwd=folder)
    expect(result.status == 2 and "sarif" in result.err, "no such format: these there are")
