//===- Html.cpp - A report as one HTML page -------------------------------===//
// For people: loads nothing, works from a mail or an archive of CI. The problems
// first, the counts by check and folder beside the findings, each with its code
// (HtmlFinding).
//===----------------------------------------------------------------------===//
#include "driver/Format.h"
#include "driver/formats/HtmlAssets.h"
#include "driver/formats/HtmlFinding.h"
#include "driver/formats/Markup.h"
#include "driver/formats/Paths.h"
#include "driver/formats/Rules.h"
#include "driver/formats/Story.h"
#include "llvm/Support/Path.h"
#include <map>
#include <set>

using namespace llvm;

namespace threadlint {

void writeHtml(const Report &R, raw_ostream &OS);

/// A page with more findings opens with them closed.
constexpr size_t MaxOpen = 40;

namespace {
class Page {
public:
  Page(const Report &R, raw_ostream &OS)
      : R(R), OS(OS), Rules(allRules()), Body(R, OS) {}
  void write();

private:
  std::string folderOf(const Finding &F) const;
  std::string headline() const;
  void header();
  void problems();
  void filters();
  void choices(StringRef Title, StringRef Kind,
               const std::map<std::string, unsigned> &Counts);
  void findings();
  void finding(const Finding &F);
  void legend();

  const Report &R;
  raw_ostream &OS;
  const std::vector<Rule> Rules;
  HtmlFindingWriter Body;
};
} // namespace

std::string Page::folderOf(const Finding &F) const {
  std::string File = relativeTo(R.Root, F.Where.File);
  StringRef Folder = sys::path::parent_path(File);
  return Folder.empty() ? "." : Folder.str();
}

std::string Page::headline() const {
  std::string Found =
      R.Findings.empty() ? "No findings" : counted(R.Findings.size(), "finding");
  return Found + " in " + counted(R.Sources, "source");
}

void Page::write() {
  OS << "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, "
        "initial-scale=1\">\n<title>threadlint: "
     << escaped(headline()) << "</title>\n<style>" << HtmlStyle
     << "</style>\n</head>\n<body>\n";
  header();
  problems();
  OS << "<main>\n";
  filters();
  findings();
  OS << "</main>\n<footer>threadlint " THREADLINT_VERSION "</footer>\n<script>"
     << HtmlScript << "</script>\n</body>\n</html>\n";
}

void Page::header() {
  std::set<StringRef> Files;
  for (const Finding &F : R.Findings)
    Files.insert(F.Where.File);
  OS << "<header>\n<h1>" << escaped(headline()) << "</h1>\n<p>";
  if (!Files.empty())
    OS << "in " << counted(Files.size(), "file") << " of ";
  OS << "<code>" << escaped(R.Root) << "</code>";
  if (R.Known)
    OS << "; " << R.Known << " more known from the baseline";
  OS << "</p>\n</header>\n";
}

void Page::problems() {
  if (R.Problems.empty())
    return;
  OS << "<section class=\"problems\"><div>\n<h2>"
     << counted(R.Problems.size(), "source")
     << " could not be linted</h2>\n<p>This report is not complete: what is "
        "wrong there, nobody has looked at.</p>\n";
  for (const Problem &P : R.Problems) {
    auto [First, Rest] = StringRef(P.Text).split('\n');
    OS << "<details open><summary><code>" << escaped(relativeTo(R.Root, P.File))
       << "</code> " << escaped(First) << "</summary>\n";
    if (!Rest.empty())
      OS << "<pre>" << escaped(Rest) << "</pre>\n";
    OS << "</details>\n";
  }
  OS << "</div></section>\n";
}

void Page::filters() {
  std::map<std::string, unsigned> Checks, Folders;
  for (const Finding &F : R.Findings) {
    ++Checks[shortName(F.Check).str()];
    ++Folders[folderOf(F)];
  }
  OS << "<aside>\n<div class=\"scripted\" hidden><input type=\"search\" "
        "placeholder=\"Filter findings\" aria-label=\"Filter findings\"></div>\n";
  choices("Checks", "check", Checks);
  choices("Folders", "folder", Folders);
  OS << "<div class=\"tools scripted\" hidden><button value=\"open\">Open "
        "all</button><button value=\"close\">Close all</button><span "
        "id=\"shown\" class=\"count\" aria-live=\"polite\"></span></div>\n"
        "</aside>\n";
}

void Page::choices(StringRef Title, StringRef Kind,
                   const std::map<std::string, unsigned> &Counts) {
  if (Counts.empty())
    return;
  OS << "<h2>" << Title << "</h2>\n<ul>\n";
  for (const auto &[Name, Count] : Counts)
    OS << "<li><button class=\"choice\" data-kind=\"" << Kind
       << "\" data-value=\"" << escaped(Name) << "\" disabled>" << escaped(Name)
       << " <span class=\"count\">" << Count << "</span></button></li>\n";
  OS << "</ul>\n";
}

void Page::findings() {
  OS << "<div>\n";
  if (R.Findings.empty() && R.Problems.empty())
    OS << "<p class=\"clean\">Nothing to report.</p>\n";
  for (size_t I = 0; I < R.Findings.size(); ++I) {
    const std::string &File = R.Findings[I].Where.File;
    if (I == 0 || R.Findings[I - 1].Where.File != File)
      OS << "<section class=\"file\">\n<h2>"
         << escaped(relativeTo(R.Root, File)) << "</h2>\n";
    finding(R.Findings[I]);
    if (I + 1 == R.Findings.size() || R.Findings[I + 1].Where.File != File)
      OS << "</section>\n";
  }
  legend();
  OS << "</div>\n";
}

/// What the checks look for of which there are findings.
void Page::legend() {
  std::set<StringRef> Found;
  for (const Finding &F : R.Findings)
    Found.insert(F.Check);
  if (Found.empty())
    return;
  OS << "<section class=\"checks\">\n<h2>What the checks look for</h2>\n<dl>\n";
  for (const Rule &Each : Rules) {
    if (!Found.count(Each.Info->Name))
      continue;
    OS << "<dt><code>" << escaped(Each.Info->Name) << "</code></dt><dd>"
       << escaped(Each.Info->Summary);
    if (!Each.Url.empty())
      OS << "; <a href=\"" << escaped(Each.Url) << "\">more</a>";
    OS << "</dd>\n";
  }
  OS << "</dl>\n</section>\n";
}

void Page::finding(const Finding &F) {
  OS << "<details class=\"finding\" id=\"f-" << escaped(F.Fingerprint)
     << "\" data-check=\"" << escaped(shortName(F.Check)) << "\" data-folder=\""
     << escaped(folderOf(F)) << '"'
     << (R.Findings.size() <= MaxOpen ? " open" : "")
     << ">\n<summary><span class=\"where\">" << F.Where.Line << ':'
     << F.Where.Column << "</span><span class=\"message\">"
     << messageHtml(F.Message) << "</span><span class=\"check\">"
     << escaped(shortName(F.Check)) << "</span></summary>\n<div class=\"body\">\n";
  Body.write(F);
  OS << "</div>\n</details>\n";
}

void writeHtml(const Report &R, raw_ostream &OS) { Page(R, OS).write(); }

} // namespace threadlint
