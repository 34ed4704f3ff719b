#!/usr/bin/env python3
"""Turns the undefined C++ symbols of an ELF shared object weak, in place.

Run after linking threadlint-N.so. A strong undefined symbol that a data
relocation needs makes dlopen() fail before any code of ours runs, and clang-tidy
then goes on without the plugin and exits 0. With weak ones the object always
loads, its version guard runs first, and it is the guard that ends the process.
"""
import struct
import sys

SHT_DYNSYM, SHN_UNDEF, STB_GLOBAL, STB_WEAK = 11, 0, 1, 2


def main():
    path = sys.argv[1]
    data = bytearray(open(path, "rb").read())
    if data[:4] != b"\x7fELF" or data[4] != 2:
        sys.exit(f"{path}: not a 64-bit ELF file")
    e = "<" if data[5] == 1 else ">"
    (shoff,) = struct.unpack_from(e + "Q", data, 0x28)
    shentsize, shnum = struct.unpack_from(e + "HH", data, 0x3A)
    sections = [struct.unpack_from(e + "IIQQQQIIQQ", data, shoff + i * shentsize)
                for i in range(shnum)]
    changed = 0
    for _, kind, _, _, offset, size, link, _, _, entsize in sections:
        if kind != SHT_DYNSYM:
            continue
        names = sections[link][4]
        for at in range(offset, offset + size, entsize):
            name, info, _, shndx = struct.unpack_from(e + "IBBH", data, at)
            if shndx != SHN_UNDEF or info >> 4 != STB_GLOBAL:
                continue
            if data[names + name:names + name + 2] != b"_Z":
                continue  # C symbols come from libc, which is never the wrong one
            data[at + 4] = STB_WEAK << 4 | info & 15
            changed += 1
    if not changed:
        return  # already done
    with open(path, "r+b") as out:
        out.write(data)


main()
