#!/bin/sh
# Assembles the three programs, with the binutils of an x86-64 Linux, into a folder, as hexadecimal text.
# Usage: build.sh FOLDER   (what is checked in lies in the resources of io.vtlb.conformance.emulator)
set -eu
out=$(cd "$1" && pwd)
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
as rom.S -o "$work/rom.o"
ld -N -Ttext 0 -e 0 --oformat binary -o "$work/whole" "$work/rom.o" 2>/dev/null
tail -c 64 "$work/whole" >"$work/rom"
as runner.S -o "$work/runner.o"
ld -N -Ttext 0x70010000 -o "$work/linked" "$work/runner.o" 2>/dev/null
objcopy -O binary "$work/linked" "$work/runner"
as pad.S -o "$work/pad.o"
objcopy -O binary -j .text "$work/pad.o" "$work/pad"
for program in rom runner pad; do
  od -An -v -tx1 -w32 "$work/$program" | tr -d ' ' >"$out/$program.hex"
done
