#!/usr/bin/env python3
"""A virtual TLB, small and complete, that speaks vtlb-target/1 (docs/protocol/README.md).

It does in software what a processor's TLB does: for each virtual CPU and each set of privilege levels it keeps
entries of 4 KiB. A page fault walks the guest's tables and fills one entry, or hands the fault to the guest.
INVLPG forgets what was made of one guest page; a write to a control register, an INVPCID and whatever the host
does forget everything. Guest stores to tables are not intercepted: a stale entry stays until it is invalidated.

    ./vtlb verify --target 'exec:python3 conformance-tests/examples/python/tlb.py'

With VTLB_EXAMPLE_FAULT=NAME in the environment it makes one of the mistakes at the end of this file.
"""

import json
import os
import sys
from collections import namedtuple

HELLO = {
    "protocol": "vtlb-target/1", "name": "python", "version": "1.0", "level": 3,
    "modes": ["none", "32-bit", "PAE", "4-level", "5-level"],
    "features": ["several-vcpus", "pcid", "foreign-stores", "host-operations"],
}
SETS = ["supervisor", "user", "supervisor-ac"]

# Bits of an entry of the guest's tables; sections are those of the Intel SDM, vol. 3 (4.3 to 4.5).
PRESENT, WRITABLE, USER, ACCESSED, DIRTY, LARGE, EXECUTE_DISABLE = 1, 2, 4, 1 << 5, 1 << 6, 1 << 7, 1 << 63

# Bits of the control registers.
CR0_WP, CR0_PG, CR3_NO_FLUSH = 1 << 16, 1 << 31, 1 << 63
CR4_PSE, CR4_PAE, CR4_LA57, CR4_PCIDE = 1 << 4, 1 << 5, 1 << 12, 1 << 17
CR4_SMEP, CR4_SMAP, CR4_PKE = 1 << 20, 1 << 21, 1 << 22
EFER_LMA, EFER_NXE = 1 << 10, 1 << 11

# Bits of the error code of a page fault (4.7).
FAULT_PRESENT, FAULT_WRITE, FAULT_USER, FAULT_RESERVED, FAULT_FETCH, FAULT_KEY = 1, 2, 4, 8, 16, 32


def bits(highest, lowest):
    """The bits from the highest down to the lowest, both included; none if that is below."""
    return (1 << highest + 1) - 1 >> lowest << lowest


def number(text):
    return int(text, 16)


FRAME_BITS = bits(51, 12)
NOWHERE = 1 << 52  # a table beyond all memory: whatever is read there is not present

# What a guest does: `kind` is load, store or fetch, `set` the privilege set that it does it in.
Access = namedtuple("Access", "address kind set pkru")

# A page as the guest's tables have it: its first linear page and frame, and the rights of the whole walk.
# `key` is None where no protection key applies.
GuestPage = namedtuple("GuestPage", "page pages frame writable user executable key dirty")

# One entry of the virtual TLB, for a page of 4 KiB, and the guest's page that it was made of.
Entry = namedtuple("Entry", "host_frame rights key guest")

# What the host says of a run of guest frames: the host frame of the first, None for a device; or whether they are
# read-only. Of several runs that hold a frame the newest counts.
Run = namedtuple("Run", "first frames value")


def newest(runs, frame):
    return next(run for run in reversed(runs) if 0 <= frame - run.first < run.frames)


class GuestFault(Exception):
    """The guest's own tables deny the access; the argument is the error code."""


class Control:
    """The registers of a virtual CPU that translation depends on."""

    def __init__(self, state):
        self.cr0, self.cr3, self.cr4, self.efer = (number(state[name]) for name in ("cr0", "cr3", "cr4", "efer"))
        self.pdptes = [number(entry) for entry in state.get("pdptes", ["0x0"] * 4)]
        self.paging = bool(self.cr0 & CR0_PG)
        self.long_mode = bool(self.efer & EFER_LMA)
        self.wide = bool(self.cr4 & CR4_PAE)  # entries have eight bytes, not four
        self.no_execute = bool(self.efer & EFER_NXE)
        self.keys = bool(self.cr4 & CR4_PKE) and self.long_mode

    def root(self, address):
        """The table where a walk begins, and the lowest address bit that selects an entry at each level."""
        if not self.wide:
            return self.cr3 & 0xFFFF_F000, (22, 12)
        if self.long_mode:
            return self.cr3 & FRAME_BITS, (48, 39, 30, 21, 12) if self.cr4 & CR4_LA57 else (39, 30, 21, 12)
        pdpte = self.pdptes[address >> 30]
        return pdpte & FRAME_BITS if pdpte & PRESENT else NOWHERE, (21, 12)


class Vcpu:
    """One virtual CPU: its control state, and for each privilege set its entries by linear page."""

    def __init__(self, name, state):
        self.name = name
        self.control = Control(state)
        self.entries = {each: {} for each in SETS}

    def forget(self, unwanted):
        """Removes entries of every set: those for which unwanted(page, entry) holds. Gives back their pages."""
        gone = set()
        for entries in self.entries.values():
            for page in [page for page, entry in entries.items() if unwanted(page, entry)]:
                del entries[page]
                gone.add(page)
        return gone

    def drop(self, pages):
        return [{"drop": "page", **self.name, "address": hex(page << 12)} for page in pages]

    def forget_everything(self):
        self.forget(lambda page, entry: True)
        return {"drop": "everything", **self.name}


class Machine:
    """One virtual machine: its memory, its virtual CPUs, and the answers to its events."""

    def __init__(self, request):
        self.vm = request["vm"]
        profile = request["profile"]
        self.physical_bits, self.pse36 = profile["physicalAddressBits"], profile["pse36"]
        self.pages_1g = "pages-1g" in profile.get("capabilities", [])
        self.amd = profile.get("vendor") == "amd"
        self.vcpus = [Vcpu({"vm": self.vm, "vcpu": i}, state) for i, state in enumerate(request["vcpus"])]
        self.hosts, self.protections = [Run(0, NOWHERE, None)], [Run(0, NOWHERE, False)]
        for run in request["hostMap"]:
            first, frames = number(run["guestFrame"]), run["frames"]
            self.hosts.append(Run(first, frames, number(run["hostFrame"])))
            self.protections.append(Run(first, frames, run.get("readOnly", False)))
        self.words = {}  # the copy of guest memory: words of four bytes that do not hold their tag
        self.stores(request["words"])
        self.writes = []  # what this answer writes to guest memory
        self.logs, self.written = False, set()  # whether the host asks which frames were written, and which were

    # ---- guest memory

    def stores(self, words):
        for word in words:
            self.words[number(word["address"])] = number(word["value"])

    def host_frame(self, frame):
        """The host frame behind a guest frame, None for a device."""
        run = newest(self.hosts, frame)
        return None if run.value is None else run.value + frame - run.first

    def read(self, address, size):
        if self.host_frame(address >> 12) is None:
            return 0
        value = 0
        for offset in range(0, size, 4):
            tag = (self.vm + 1 << 28 ^ address + offset) & 0xFFFF_FFFF
            value |= self.words.get(address + offset, tag) << 8 * offset
        return value

    def set_bits(self, address, size, entry, wanted):
        """Sets accessed and dirty bits in an entry, as the processor's locked update does."""
        updated = entry | wanted
        if updated == entry:
            return
        for offset in range(0, size, 4):
            self.words[address + offset] = updated >> 8 * offset & 0xFFFF_FFFF
        self.writes.append({
            "write": "compare-and-set", "vm": self.vm, "address": hex(address), "bytes": size,
            "expected": hex(entry), "replacement": hex(updated)})
        self.written.add(address >> 12)

    # ---- the guest's tables (4.2 to 4.8)

    def walk(self, control, access):
        """The guest's page for an access, with A set in all that led there and D for a store; or GuestFault."""
        page = access.address >> 12
        if not control.paging:
            return GuestPage(page, 1, page, True, True, True, None, True)
        fetches_told = control.cr4 & CR4_SMEP or (control.wide and control.no_execute)
        code = {"load": 0, "store": FAULT_WRITE, "fetch": FAULT_FETCH if fetches_told else 0}[access.kind]
        code |= FAULT_USER if access.set == "user" else 0
        table, shifts = control.root(access.address)
        size = 8 if control.wide else 4
        large = {22: control.cr4 & CR4_PSE, 21: True, 30: self.pages_1g}  # where bit 7 makes a leaf
        rights, executable = WRITABLE | USER, True
        for shift in shifts:
            place = table + (access.address >> shift & 4096 // size - 1) * size
            entry = self.read(place, size)
            if not entry & PRESENT:
                raise GuestFault(code)
            leaf = shift == 12 or bool(entry & LARGE and large.get(shift))
            if entry & self.reserved(control, shift, leaf):
                raise GuestFault(code | FAULT_PRESENT | FAULT_RESERVED)
            rights &= entry
            executable = executable and not (control.wide and entry & EXECUTE_DISABLE)
            if leaf:
                break
            self.set_bits(place, size, entry, ACCESSED)
            table = entry & (FRAME_BITS if control.wide else 0xFFFF_F000)
        store = access.kind == "store"
        pages, user = 1 << shift - 12, bool(rights & USER)
        guest = GuestPage(
            page & -pages, pages, self.leaf_frame(control, shift, entry), bool(rights & WRITABLE), user, executable,
            entry >> 59 & 15 if control.keys and user else None, bool(entry & DIRTY) or store)
        if self.key_forbids(control, access, guest):
            raise GuestFault(code | FAULT_PRESENT | FAULT_KEY)
        if not self.permits(control, access.set, access.kind, guest):
            raise GuestFault(code | FAULT_PRESENT)
        self.set_bits(place, size, entry, ACCESSED | DIRTY if store else ACCESSED)
        return guest

    def reserved(self, control, shift, leaf):
        """The bits that must be clear in a present entry."""
        if not control.wide:
            reach = min(40, self.physical_bits) if self.pse36 else 32
            return bits(21, reach - 19) if leaf and shift == 22 else 0
        mask = bits(51 if control.long_mode else 62, self.physical_bits)
        mask |= 0 if control.no_execute else EXECUTE_DISABLE
        mask |= 1 << 8 if self.amd and shift >= 39 else 0
        return mask | (bits(shift - 1, 13) if leaf else LARGE)

    def leaf_frame(self, control, shift, entry):
        """The first guest frame of the page that a leaf maps."""
        if control.wide:
            return (entry & bits(51, shift)) >> 12
        high = (entry >> 13 & 0xFF) << 32 if shift == 22 and self.pse36 else 0
        return (high | entry & bits(31, shift)) >> 12

    def permits(self, control, privilege_set, kind, guest):
        """Whether the rights of a walk let a privilege set do this, protection keys aside (4.6.1)."""
        if not control.paging:
            return True
        if privilege_set == "user":
            return guest.user and {"load": True, "store": guest.writable, "fetch": guest.executable}[kind]
        if kind == "fetch":
            return guest.executable and not (guest.user and control.cr4 & CR4_SMEP)
        if guest.user and control.cr4 & CR4_SMAP and privilege_set != "supervisor-ac":
            return False
        return kind == "load" or guest.writable or not control.cr0 & CR0_WP

    def key_forbids(self, control, access, guest):
        """Whether PKRU takes the right away; it counts only for data of user pages (4.6.2)."""
        if guest.key is None or access.kind == "fetch":
            return False
        no_access, no_write = access.pkru >> 2 * guest.key & 1, access.pkru >> 2 * guest.key & 2
        no_write = no_write and (access.set == "user" or control.cr0 & CR0_WP)
        return no_access or (access.kind == "store" and no_write)

    # ---- events

    def page_fault(self, vcpu, request):
        pkru = number(request.get("pkru", "0x0"))
        access = Access(number(request["address"]), request["access"], request["set"], pkru)
        page = access.address >> 12
        try:
            guest = self.walk(vcpu.control, access)
        except GuestFault as fault:
            vcpu.forget(lambda held, entry: held == page)
            return self.answer(
                "inject-page-fault", "guest-page-fault", "none", vcpu.drop([page]),
                code=hex(fault.args[0]), address=request["address"])
        frame = guest.frame + page - guest.page
        host_frame, read_only = self.host_frame(frame), newest(self.protections, frame).value
        if host_frame is None or (access.kind == "store" and read_only):
            vcpu.forget(lambda held, entry: held == page)
            return self.answer("device-access", "device-access", "none", vcpu.drop([page]))
        if access.kind == "store":
            self.written.add(frame)
        # The first store needs an event, so that D is set, and while writes are logged the frame noted.
        unseen = guest.dirty and not read_only and (not self.logs or frame in self.written)
        allowed = {"load": True, "store": unseen, "fetch": True}
        rights = "".join(
            letter if allowed[kind] and self.permits(vcpu.control, access.set, kind, guest) else "-"
            for letter, kind in (("r", "load"), ("w", "store"), ("x", "fetch")))
        entry = Entry(host_frame, rights, guest.key, guest)
        before = vcpu.entries[access.set].get(page, entry)
        # Other sets keep their entries of the page if the guest's tables still say the same.
        gone = vcpu.forget(lambda held, other: held == page and other.guest != guest)
        vcpu.entries[access.set][page] = entry
        drops = vcpu.drop([page]) if gone or before != entry else []
        return self.answer("resume", "inconsistency", "partial", drops)

    def invlpg(self, vcpu, request):
        """What was made of the guest's page goes, in however many pieces it is here."""
        page = number(request["address"]) >> 12
        gone = vcpu.forget(lambda held, entry: 0 <= page - entry.guest.page < entry.guest.pages)
        return self.answer("resume", "tlb-manipulation", "none", vcpu.drop(sorted(gone | {page})))

    def invpcid(self, vcpu, request):
        return self.flush(vcpu, "tlb-manipulation")

    def control_write(self, vcpu, request):
        """Rights are folded into entries, so that none outlives the control state that it was made under."""
        before, vcpu.control = vcpu.control, Control(request["after"])
        keeps = before.cr4 & CR4_PCIDE and number(request["value"]) & CR3_NO_FLUSH
        # Which bits of CR4 flush a processor's TLB differs by vendor; for the others either cause is right.
        manipulates = {
            "cr0": before.paging != vcpu.control.paging, "cr3": not keeps, "cr4": True, "efer": False}
        return self.flush(vcpu, "tlb-manipulation" if manipulates[request["register"]] else "control-change")

    def flush(self, vcpu, cause):
        return self.answer("resume", cause, "flush", [vcpu.forget_everything()])

    def answer(self, action, cause, resync, drops, **injection):
        writes, self.writes = self.writes, []
        return {"action": action, **injection, "drops": drops, "report": {"cause": cause, "resync": resync},
                "writes": writes}

    # ---- what the host does

    def follow(self, request):
        """Whatever the host changes is met by filling anew, on every virtual CPU."""
        op = request["op"]
        dirty = sorted(self.written) if op == "harvest-dirty-log" and self.logs else []
        first, frames = number(request.get("guestFrame", "0x0")), request.get("frames", 0)
        if op in ("map-frames", "move-frames"):
            self.hosts.append(Run(first, frames, number(request["hostFrame"])))
        if op in ("map-frames", "protect-frames"):
            self.protections.append(Run(first, frames, request.get("readOnly", False)))
        if op == "unmap-frames":
            self.hosts.append(Run(first, frames, None))
            self.words = {a: word for a, word in self.words.items() if not first <= a >> 12 < first + frames}
        if op in ("start-dirty-log", "harvest-dirty-log"):
            self.logs, self.written = True, set()
        drops = [vcpu.forget_everything() for vcpu in self.vcpus]
        return {"drops": drops, "dirtyFrames": [hex(frame) for frame in dirty]}


# ---- Mistakes, to see the kit find them. The code above knows nothing of them: each takes a method's place.

def keep_entries_of_old_root(self, vcpu, request, right=Machine.control_write):
    kept = {each: dict(entries) for each, entries in vcpu.entries.items()}
    answer = right(self, vcpu, request)
    vcpu.entries = kept if request["register"] == "cr3" else vcpu.entries
    return answer


MISTAKES = {
    "root-load-keeps-entries": (Machine, "control_write", keep_entries_of_old_root),
    "invlpg-ignored": (
        Machine, "invlpg", lambda self, vcpu, request: self.answer("resume", "tlb-manipulation", "none", [])),
    "processor-not-flushed": (Vcpu, "drop", lambda self, pages: []),
    "clean-page-writable": (Machine, "walk", lambda *given, right=Machine.walk: right(*given)._replace(dirty=True)),
    "user-bit-ignored": (
        Machine, "permits", lambda *given, right=Machine.permits: right(*given[:4], given[4]._replace(user=True))),
    "accessed-bit-forgotten": (
        Machine, "set_bits", lambda *given, right=Machine.set_bits: right(*given[:4], given[4] & ~ACCESSED)),
    "execute-disable-not-reserved-without-nxe": (
        Machine, "reserved", lambda *given, right=Machine.reserved: right(*given) & ~EXECUTE_DISABLE),
    "frame-number-truncated": (
        Machine, "leaf_frame", lambda *given, right=Machine.leaf_frame: right(*given) & 0xFFFF),
}


# ---- the conversation


def answer(machines, request):
    """The fields of an answer beside `n`."""
    kind, machine = request["request"], machines.get(request.get("vm"))
    if kind == "hello":
        return HELLO
    if kind == "reset":
        machines.clear()
    elif kind == "create":
        machines[request["vm"]] = Machine(request)
    elif kind == "stores":
        machine.stores(request["words"])
    elif kind == "event":
        handle = getattr(machine, request["event"].replace("-", "_"))
        return handle(machine.vcpus[request["vcpu"]], request)
    elif kind == "entries":
        entries = machine.vcpus[request["vcpu"]].entries[request["set"]]
        return {"entries": [
            {"page": hex(page), "pages": 1, "hostFrame": hex(entry.host_frame), "rights": entry.rights,
             **({} if entry.key is None else {"key": entry.key})}
            for page, entry in entries.items()]}
    elif kind == "follow":
        return machine.follow(request)
    return {}


def converse():
    machines = {}
    for line in sys.stdin:
        request = json.loads(line)
        print(json.dumps({"n": request["n"], **answer(machines, request)}), flush=True)
        if request["request"] == "bye":
            return


if __name__ == "__main__":
    mistake = os.environ.get("VTLB_EXAMPLE_FAULT")
    if mistake and mistake not in MISTAKES:
        sys.exit("tlb.py: VTLB_EXAMPLE_FAULT is none of " + ", ".join(MISTAKES))
    if mistake:
        setattr(*MISTAKES[mistake])
    converse()
