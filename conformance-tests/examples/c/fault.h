/*
 * Mistakes that the virtual TLB makes on purpose: VTLB_EXAMPLE_FAULT=NAME. Each is at one place of
 * the code, where fault("NAME") stands, and modelled on one of the kit's (docs/faults.md). A copy
 * for a TLB of your own needs none of this.
 */
#ifndef FAULT_H
#define FAULT_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char FAULTS[] =
    " accessed-bit-of-directory-forgotten clean-page-writable device-frame-mapped invlpg-ignored"
    " large-page-misplaced processor-not-flushed reserved-bits-ignored root-load-keeps-entries"
    " table-updates-not-logged unmap-not-followed user-right-of-last-entry-only"
    " write-protection-of-supervisors-ignored ";

static const char *chosen_fault = "";

static inline int fault(const char *name) {
    return *chosen_fault && strcmp(chosen_fault, name) == 0;
}

/* Returns 0 if the environment names a fault that there is not. */
static int choose_fault(void) {
    const char *name = getenv("VTLB_EXAMPLE_FAULT");
    chosen_fault = name ? name : "";
    const char *at = strstr(FAULTS, chosen_fault);
    int known = !*chosen_fault ||
                (at > FAULTS && at[-1] == ' ' && at[strlen(chosen_fault)] == ' ');
    if (!known) {
        fprintf(stderr, "VTLB_EXAMPLE_FAULT=%s is none of%s\n", chosen_fault, FAULTS);
    }
    return known;
}

#endif
