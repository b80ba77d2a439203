/*
 * The copy of guest memory that a target keeps with "memory":"mirror", in words of four bytes: a
 * hash table with what is not a tag.
 *
 * What has no memory behind it reads as its tag, too, not as zero as in the kit: bit 0 of either is
 * clear, and that is all that a walk looks at there.
 */
#ifndef MIRROR_H
#define MIRROR_H

#include "json.h"
#include "vtlb.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* The key is the address with the machine in its upper byte and bit 0 set; 0 where nothing is. */
struct mirrored {
    uint64_t key;
    uint32_t value;
};

static struct mirrored *mirror;
static unsigned mirror_bits;
static size_t mirror_count;

static uint32_t tag(uint32_t vm, uint64_t address) { return (vm + 1) << 28 ^ (uint32_t)address; }

/* Where a key is, or would be. */
static struct mirrored *mirror_slot(uint64_t key) {
    size_t mask = ((size_t)1 << mirror_bits) - 1;
    size_t slot = (size_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> (64 - mirror_bits));
    while (mirror[slot].key != 0 && mirror[slot].key != key) {
        slot = (slot + 1) & mask;
    }
    return &mirror[slot];
}

static uint64_t mirror_key(uint32_t vm, uint64_t address) {
    return (uint64_t)vm << 56 | (address & ~UINT64_C(3)) | 1;
}

static uint32_t mirror_word(uint32_t vm, uint64_t address) {
    const struct mirrored *found = mirror_slot(mirror_key(vm, address));
    return found->key ? found->value : tag(vm, address);
}

static void mirror_grow(void) {
    struct mirrored *old = mirror;
    size_t count = mirror_bits ? (size_t)1 << mirror_bits : 0;
    mirror_bits = mirror_bits ? mirror_bits + 1 : 12;
    mirror = calloc((size_t)1 << mirror_bits, sizeof *mirror);
    if (mirror == NULL) {
        abort();
    }
    for (size_t i = 0; i < count; i++) {
        if (old[i].key) {
            *mirror_slot(old[i].key) = old[i];
        }
    }
    free(old);
}

static void mirror_set(uint32_t vm, uint64_t address, uint32_t value) {
    struct mirrored *slot = mirror_slot(mirror_key(vm, address));
    if (slot->key == 0) {
        slot->key = mirror_key(vm, address);
        mirror_count++;
    }
    slot->value = value;
    if (mirror_count > (size_t)1 << (mirror_bits - 1)) {
        mirror_grow();
    }
}

/* A run of frames holds its tags again. */
static void mirror_forget(uint32_t vm, uint64_t first, uint64_t frames) {
    for (size_t i = 0; i < (size_t)1 << mirror_bits; i++) {
        uint64_t address = (mirror[i].key & ~(UINT64_C(0xFF) << 56)) - 1;
        if (mirror[i].key && mirror[i].key >> 56 == vm && (address >> 12) - first < frames) {
            mirror[i].value = tag(vm, address);
        }
    }
}

/* No machine has any memory any more; called before anything else. */
static void mirror_reset(void) {
    if (mirror == NULL) {
        mirror_grow();
    } else if (mirror_count > 0) {
        memset(mirror, 0, sizeof *mirror << mirror_bits);
    }
    mirror_count = 0;
}

/* ---- The mirror as the virtual TLB sees it; the context is the number of the machine ---- */

enum { MOST_WRITES = 16 };

static struct write {
    uint32_t vm, bytes;
    int compares;
    uint64_t address, expected, value;
} writes[MOST_WRITES];
static size_t write_count;

static uint64_t read_mirror(void *context, uint64_t address, uint32_t bytes) {
    uint32_t vm = *(const uint32_t *)context;
    uint64_t upper = bytes == 8 ? mirror_word(vm, address + 4) : 0;
    return upper << 32 | mirror_word(vm, address);
}

static void note_write(struct write done) {
    if (write_count == MOST_WRITES) {
        die("the virtual TLB writes more than %d times", MOST_WRITES);
    }
    writes[write_count++] = done;
    mirror_set(done.vm, done.address, (uint32_t)done.value);
    if (done.bytes == 8) {
        mirror_set(done.vm, done.address + 4, (uint32_t)(done.value >> 32));
    }
}

static uint32_t compare_and_set(void *context, uint64_t address, uint32_t bytes,
                                uint64_t expected, uint64_t replacement) {
    if (read_mirror(context, address, bytes) != expected) {
        return 0;
    }
    uint32_t vm = *(const uint32_t *)context;
    note_write((struct write){vm, bytes, 1, address, expected, replacement});
    return 1;
}

static void store(void *context, uint64_t address, uint32_t bytes, uint64_t value) {
    note_write((struct write){*(const uint32_t *)context, bytes, 0, address, 0, value});
}

#endif
