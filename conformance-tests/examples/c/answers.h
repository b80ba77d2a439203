/*
 * The words of the protocol, and parts of answers that consist of them.
 */
#ifndef ANSWERS_H
#define ANSWERS_H

#include "mirror.h"
#include "vtlb.h"

#include <inttypes.h>
#include <stdio.h>

/* The words of the protocol, in the order of the constants in vtlb.h. */
static const char *const MODES[] = {"none", "32-bit", "PAE", "4-level", "5-level", NULL};
static const char *const FEATURES[] = {
    "several-vcpus", "pcid", "foreign-stores", "host-operations", "interleaving",
    "intercepts-privilege-changes", "events-flush-processor", "prefetch", "sharing", "recycling",
    "write-tracking", "spurious-faults", NULL};
static const char *const CAPABILITIES[] = {
    "pse36", "no-execute", "pages-1g", "long-mode", "five-levels", "smep", "smap", "pcid",
    "invpcid", "protection-keys", NULL};
static const char *const VENDORS[] = {"intel", "amd", NULL};
static const char *const EVENTS[] = {"page-fault", "invlpg", "invpcid", "control-write",
                                     "privilege-change", NULL};
static const char *const SETS[] = {"supervisor", "user", "supervisor-ac", NULL};
static const char *const ACCESSES[] = {"load", "store", "fetch", NULL};
static const char *const REGISTERS[] = {"cr0", "cr3", "cr4", "efer", NULL};
static const char *const INVALIDATIONS[] = {"address", "single-context", "all-contexts",
                                            "all-contexts-keeping-globals", NULL};
static const char *const ACTIONS[] = {"resume", "inject-page-fault", "store-emulated",
                                      "device-access"};
static const char *const CAUSES[] = {
    "guest-page-fault", "inconsistency", "tlb-manipulation", "control-change",
    "privilege-set-change", "privilege-change-within-set", "device-access", "spurious"};
static const char *const RESYNCS[] = {"none", "partial", "full", "flush"};
static const char *const OPERATIONS[] = {
    "map-frames", "unmap-frames", "move-frames", "protect-frames", "resize-pages",
    "start-dirty-log", "harvest-dirty-log", "destroy-machine", NULL};

static void put_names(const char *field, const char *const *names, uint32_t bits) {
    const char *separator = "";
    printf(",\"%s\":[", field);
    for (int i = 0; names[i]; i++) {
        if (bits >> i & 1) {
            printf("%s\"%s\"", separator, names[i]);
            separator = ",";
        }
    }
    putchar(']');
}

static void put_drops(const struct vtlb_drop *drops, uint64_t count) {
    for (uint64_t i = 0; i < count; i++) {
        int page = drops[i].kind == VTLB_DROP_PAGE;
        printf("%s{\"drop\":\"%s\",\"vm\":%" PRIu32 ",\"vcpu\":%" PRIu32,
               i ? "," : ",\"drops\":[", page ? "page" : "everything", drops[i].vm, drops[i].vcpu);
        if (page) {
            printf(",\"address\":\"0x%" PRIx64 "\"", drops[i].address);
        }
        fputs(i + 1 < count ? "}" : "}]", stdout);
    }
}

static void put_writes(void) {
    for (size_t i = 0; i < write_count; i++) {
        const struct write *done = &writes[i];
        printf("%s{\"write\":\"%s\",\"vm\":%" PRIu32 ",\"address\":\"0x%" PRIx64
               "\",\"bytes\":%" PRIu32,
               i ? "," : ",\"writes\":[", done->compares ? "compare-and-set" : "store", done->vm,
               done->address, done->bytes);
        if (done->compares) {
            printf(",\"expected\":\"0x%" PRIx64 "\",\"replacement\"", done->expected);
        } else {
            fputs(",\"value\"", stdout);
        }
        printf(":\"0x%" PRIx64 "\"%s", done->value, i + 1 < write_count ? "}" : "}]");
    }
}

/* What is left of an answer if the virtual TLB did not say VTLB_OK; 0 if it did. */
static int put_failure(uint32_t result) {
    if (result == VTLB_UNSUPPORTED) {
        fputs(",\"unsupported\":\"the request\"", stdout);
    } else if (result != VTLB_OK) {
        fputs(",\"error\":\"the virtual TLB gives up\"", stdout);
    }
    return result != VTLB_OK;
}

#endif
