#!/usr/bin/env python3
"""The beginning of a virtual TLB: it speaks vtlb-target/1, answers every event with "resume", and shows no entries.

So it breaks the first rule that it meets, and the kit says which:

    ./vtlb verify --target 'exec:python3 tlb.py'

Begin with Machine.page_fault. The conversation, the copy of guest memory and the host map are there already;
the protocol is described in docs/protocol/README.md of the kit, and docs/your-first-target.md goes from here
to a virtual TLB that conforms. A complete one is conformance-tests/examples/python/tlb.py.
"""

import json
import sys

HELLO = {
    "protocol": "vtlb-target/1",
    "name": "my-tlb",
    "version": "0.1",
    "level": 2,  # 3 once your answers also have a "report"
    "modes": ["32-bit"],  # then none, PAE, 4-level and 5-level
    "features": [],  # then several-vcpus, pcid, foreign-stores, host-operations ...
}
SETS = ["supervisor", "user", "supervisor-ac"]

# Bits of an entry of the guest's tables, and of its control registers (Intel SDM vol. 3, 4.3 and 2.5).
PRESENT, WRITABLE, USER, ACCESSED, DIRTY, LARGE = 1, 2, 4, 0x20, 0x40, 0x80
CR0_WP, CR4_PSE, CR4_SMEP, CR4_SMAP = 1 << 16, 1 << 4, 1 << 20, 1 << 21


def number(text):
    return int(text, 16)


class Vcpu:
    """One virtual CPU: its control registers, and for each privilege set its entries by linear page."""

    def __init__(self, name, state):
        self.name = name  # the fields "vm" and "vcpu" of a drop
        self.load(state)
        self.entries = {each: {} for each in SETS}

    def load(self, state):
        self.cr0, self.cr3, self.cr4 = number(state["cr0"]), number(state["cr3"]), number(state["cr4"])

    def forget_page(self, page):
        """Removes the entries of a page; gives back what its processor must forget, for "drops" of an answer."""
        for entries in self.entries.values():
            entries.pop(page, None)
        return [{"drop": "page", **self.name, "address": hex(page << 12)}]

    def forget_everything(self):
        for entries in self.entries.values():
            entries.clear()
        return [{"drop": "everything", **self.name}]


class Machine:
    """One virtual machine: its memory, its virtual CPUs, and your answers to its events."""

    def __init__(self, request):
        self.vm = request["vm"]
        self.profile = request["profile"]
        self.host_map = request["hostMap"]
        self.vcpus = [Vcpu({"vm": self.vm, "vcpu": i}, state) for i, state in enumerate(request["vcpus"])]
        self.words = {}  # the copy of guest memory: words of four bytes that do not hold their tag
        self.writes = []  # what this answer writes to guest memory
        self.stores(request["words"])

    def stores(self, words):
        for word in words:
            self.words[number(word["address"])] = number(word["value"])

    def host_frame(self, frame):
        """The host frame behind a guest frame, None for a device; and whether the guest may not store there."""
        for run in self.host_map:
            inside = frame - number(run["guestFrame"])
            if 0 <= inside < run["frames"]:
                return number(run["hostFrame"]) + inside, run.get("readOnly", False)
        return None, True

    def read(self, address):
        """The word of four bytes at a guest-physical address."""
        if self.host_frame(address >> 12)[0] is None:
            return 0
        return self.words.get(address, (self.vm + 1 << 28 ^ address) & 0xFFFF_FFFF)

    def set_bits(self, address, entry, wanted):
        """Sets bits in an entry of the guest's tables, as its processor's locked update would."""
        updated = entry | wanted
        if updated != entry:
            self.words[address] = updated
            self.writes.append({
                "write": "compare-and-set", "vm": self.vm, "address": hex(address), "bytes": 4,
                "expected": hex(entry), "replacement": hex(updated)})

    # ---- Your part: answer each event, and leave vcpu.entries as the processor may use them.

    def page_fault(self, vcpu, request):
        # First: walk the guest's tables from vcpu.cr3 for request["address"]. If they permit the access, put
        #     {"page": hex(page), "pages": 1, "hostFrame": hex(host_frame), "rights": "r--"}
        # into vcpu.entries[request["set"]][page], and resume. If they do not, answer
        #     {"action": "inject-page-fault", "code": hex(code), "address": request["address"]}
        return {"action": "resume"}

    def invlpg(self, vcpu, request):
        # Later: what you have of this page must go, here and in the processor ("drops").
        return {"action": "resume"}

    def invpcid(self, vcpu, request):
        return {"action": "resume"}

    def control_write(self, vcpu, request):
        # Later: what was made under the registers as they were must go.
        vcpu.load(request["after"])
        return {"action": "resume"}


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
        answered = handle(machine.vcpus[request["vcpu"]], request)
        written, machine.writes = machine.writes, []
        return {**answered, "writes": written}
    elif kind == "entries":
        return {"entries": list(machine.vcpus[request["vcpu"]].entries[request["set"]].values())}
    return {}


def converse():
    machines = {}
    for line in sys.stdin:
        request = json.loads(line)
        print(json.dumps({"n": request["n"], **answer(machines, request)}), flush=True)
        if request["request"] == "bye":
            return


if __name__ == "__main__":
    converse()
