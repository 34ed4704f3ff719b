//===- Markdown.cpp - A page for a terminal -------------------------------===//
// See the header. One pass over the lines: what belongs together is collected,
// and written when something else begins.
//===----------------------------------------------------------------------===//
#include "driver/Markdown.h"
#include "driver/Wrap.h"
#include "llvm/ADT/SmallVector.h"
#include <algorithm>
#include <string>
#include <vector>

using namespace llvm;

namespace threadlint {
namespace {

constexpr unsigned Margin = 2;
/// First cells up to this length are aligned.
constexpr size_t WidestCell = 24;

/// `[text](address)` becomes text, with an address of the web behind it.
std::string withoutLinks(StringRef Text) {
  std::string Result;
  while (true) {
    size_t Open = Text.find('[');
    size_t Middle = Text.find("](", Open == StringRef::npos ? 0 : Open);
    size_t Close = Middle == StringRef::npos ? Middle : Text.find(')', Middle);
    if (Open == StringRef::npos || Close == StringRef::npos)
      return Result + Text.str();
    StringRef Address = Text.slice(Middle + 2, Close);
    Result += Text.take_front(Open).str() + Text.slice(Open + 1, Middle).str();
    if (Address.take_front(4) == "http")
      Result += " (" + Address.str() + ")";
    Text = Text.drop_front(Close + 1);
  }
}

bool isListItem(StringRef Line) {
  Line = Line.ltrim();
  return Line.consume_front("- ");
}

class Renderer {
public:
  Renderer(raw_ostream &OS, bool Bold, unsigned Width)
      : OS(OS), Bold(Bold), Width(Width) {}

  void render(StringRef Text) {
    SmallVector<StringRef, 0> Lines;
    Text.rtrim().split(Lines, '\n');
    for (StringRef Line : Lines)
      add(Line);
    flush();
  }

private:
  void add(StringRef Line) {
    if (Line.take_front(3) == "```") {
      flush();
      InCode = !InCode;
    } else if (InCode) {
      code(Line);
    } else if (Line.take_front(4) == "    " && Paragraph.empty()) {
      code(Line.drop_front(4));
    } else if (Line.take_front(1) == "#") {
      flush();
      heading(Line.ltrim("# "));
    } else if (Line.take_front(1) == "|") {
      row(Line);
    } else if (Line.trim().empty()) {
      flush();
      OS << '\n';
    } else {
      if (isListItem(Line))
        flush();
      Paragraph += Paragraph.empty() ? Line.rtrim().str()
                                     : " " + Line.trim().str();
    }
  }

  void code(StringRef Line) {
    if (!Line.empty())
      OS.indent(Margin + 4) << Line;
    OS << '\n';
  }

  void heading(StringRef Text) {
    if (Bold)
      OS.changeColor(raw_ostream::SAVEDCOLOR, /*Bold=*/true);
    OS << Text;
    if (Bold)
      OS.resetColor();
    OS << '\n';
  }

  void row(StringRef Line) {
    Line = Line.trim().drop_front();
    Line.consume_back("|");
    if (Line.find_first_not_of("-:| ") == StringRef::npos && !Line.empty())
      return; // the line below a table's head
    SmallVector<StringRef, 4> Cells;
    Line.split(Cells, '|');
    Table.emplace_back();
    for (StringRef Cell : Cells)
      Table.back().push_back(withoutLinks(Cell.trim()));
  }

  /// Writes the paragraph or the table that has been collected.
  void flush() {
    if (!Paragraph.empty()) {
      StringRef Text = Paragraph;
      unsigned Indent = Margin + (Text.size() - Text.ltrim().size());
      OS.indent(Indent);
      wrap(OS, withoutLinks(Text.ltrim()), Indent,
           Indent + (isListItem(Text) ? 2 : 0), Width);
      Paragraph.clear();
    }
    table();
  }

  void table() {
    size_t First = 0;
    for (const auto &Row : Table)
      First = std::max(First, std::min(Row[0].size(), WidestCell));
    for (const auto &Row : Table) {
      OS.indent(Margin) << Row[0];
      size_t Column = Margin + Row[0].size(), Rest = Margin + First + 2;
      if (Column + 2 > Rest) {
        OS << '\n';
        Column = 0;
      }
      OS.indent(Rest - Column);
      std::string Others;
      for (size_t I = 1; I < Row.size(); ++I)
        Others += (I > 1 && !Row[I].empty() ? "; " : "") + Row[I];
      wrap(OS, Others, Rest, Rest, Width);
    }
    Table.clear();
  }

  raw_ostream &OS;
  const bool Bold;
  const unsigned Width;
  bool InCode = false;
  std::string Paragraph;
  std::vector<std::vector<std::string>> Table;
};

} // namespace

void renderMarkdown(raw_ostream &OS, StringRef Text, bool Bold,
                    unsigned Width) {
  Renderer(OS, Bold, Width).render(Text);
}

} // namespace threadlint
