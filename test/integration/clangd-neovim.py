# RUN: %python %s
# REQUIRES: clangd, neovim, llvm-19
"""Neovim's own client starts threadlint-clangd and shows the finding."""
from lsp import environment
from support import *

SCRIPT = """
local client = vim.lsp.start_client({ name = "clangd", cmd = { %s }, root_dir = %s })
vim.lsp.buf_attach_client(0, client)
vim.wait(120000, function() return #vim.diagnostic.get(0) > 0 end, 50)
for _, d in ipairs(vim.diagnostic.get(0)) do
  print(("%%d:%%d %%s [%%s]\\n"):format(d.lnum + 1, d.col + 1, d.message:match("^[^\\n]*"), d.code or "?"))
end
vim.cmd("quitall!")
"""

with scratch() as folder:
    write(folder, ".clangd", "Diagnostics:\n  ClangTidy:\n    Add: [threadlint-*]\n")
    source = write(folder, "flush.cpp", BAD)
    script = write(folder, "init.lua", SCRIPT % (json.dumps(CLANGD), json.dumps(folder)))
    result = run("nvim", "--headless", "-u", "NONE", "-i", "NONE", source, "-c", f"luafile {script}",
                 cwd=folder, env=environment(folder))
    expect(result.status == 0, "Neovim ends well")
    expect(f"[{CHECK}]" in result.all and "6:3 " in result.all, "the finding")
