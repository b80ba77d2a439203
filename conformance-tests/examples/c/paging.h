/*
 * The guest's tables: a walk in any paging mode, and what it permits.
 *
 * Source: Intel SDM vol. 3, 4.3 to 4.8.
 */
#ifndef PAGING_H
#define PAGING_H

#include "fault.h"
#include "vtlb.h"

#define BIT(n) (UINT64_C(1) << (n))
/* The bits from the highest down to the lowest; none if that is above it. */
#define BITS(high, low) ((high) < (low) ? 0 : ~UINT64_C(0) >> (63 - (high)) & ~UINT64_C(0) << (low))

enum { PRESENT = 1, WRITABLE = 2, USER = 4, ACCESSED = 1 << 5, DIRTY = 1 << 6, LARGE = 1 << 7 };
#define EXECUTE_DISABLE BIT(63)
#define CR0_WP BIT(16)
#define CR0_PG BIT(31)
enum { CR4_PSE = 1 << 4, CR4_PAE = 1 << 5, CR4_LA57 = 1 << 12 };
enum { CR4_SMEP = 1 << 20, CR4_SMAP = 1 << 21, CR4_PKE = 1 << 22 };
enum { EFER_LMA = 1 << 10, EFER_NXE = 1 << 11 };

enum { CODE_P = 1, CODE_W = 2, CODE_U = 4, CODE_RSVD = 8, CODE_I = 16, CODE_PK = 32 };
enum { READ = 1, WRITE = 2, EXECUTE = 4 };
enum { NO_KEY = -1, MOST_LEVELS = 5 };

/* A paging mode: where the index of each level begins in a linear address, from the root down. */
struct mode {
    uint32_t bytes, index_bits, levels;
    int shifts[MOST_LEVELS];
    int highest_reserved; /* the address bits from MAXPHYADDR up to this one must be clear */
};

static const struct mode TWO_LEVEL = {4, 10, 2, {22, 12}, -1};
static const struct mode PAE = {8, 9, 2, {21, 12}, 62}; /* below the PDPTE registers */
static const struct mode FOUR_LEVEL = {8, 9, 4, {39, 30, 21, 12}, 51};
static const struct mode FIVE_LEVEL = {8, 9, 5, {48, 39, 30, 21, 12}, 51};

static const struct mode *mode_of(const struct vtlb_control *control) {
    if (control->efer & EFER_LMA) {
        return control->cr4 & CR4_LA57 ? &FIVE_LEVEL : &FOUR_LEVEL;
    }
    return control->cr4 & CR4_PAE ? &PAE : &TWO_LEVEL;
}

/* What a walk goes by. */
struct guest {
    const struct vtlb_profile *profile;
    const struct vtlb_control *control;
    const struct vtlb_guest *memory;
};

/* What a walk has found, or why it is denied. */
struct found {
    uint32_t code;        /* the error code, if it is denied */
    uint32_t rights;      /* of the privilege set that made the access; protection keys aside */
    uint64_t frame;       /* the guest frame behind the page */
    uint64_t guest_pages; /* the size of the guest's page, in 4 KiB */
    int dirty, key;
    uint64_t updated[MOST_LEVELS]; /* the frames of tables in which it has set A or D */
    uint32_t update_count;
};

static int is_leaf(const struct guest *guest, int shift, uint64_t entry) {
    int pages_1g = (guest->profile->capabilities & VTLB_CAP_PAGES_1G) != 0;
    int pse = (guest->control->cr4 & CR4_PSE) != 0;
    int may_be_large = shift == 21 || (shift == 22 && pse) || (shift == 30 && pages_1g);
    return shift == 12 || (may_be_large && (entry & LARGE));
}

/* The bits that must be clear in a present entry. */
static uint64_t reserved_bits(const struct guest *guest, const struct mode *mode, int shift,
                              int leaf) {
    int width = (int)guest->profile->physical_address_bits;
    if (mode->bytes == 4) {
        int pse36 = (guest->profile->capabilities & VTLB_CAP_PSE36) != 0;
        int reach = !pse36 ? 32 : width < 40 ? width : 40;
        return leaf && shift == 22 ? BITS(21, reach - 19) : 0;
    }
    return BITS(mode->highest_reserved, width) | (leaf ? BITS(shift - 1, 13) : LARGE) |
           (guest->control->efer & EFER_NXE ? 0 : EXECUTE_DISABLE) |
           (shift >= 39 && guest->profile->vendor == VTLB_AMD ? BIT(8) : 0);
}

static uint64_t leaf_frame(const struct guest *guest, int shift, uint64_t entry) {
    int pse36 = shift == 22 && (guest->profile->capabilities & VTLB_CAP_PSE36);
    return (entry & BITS(51, shift)) >> 12 | (pse36 ? (entry >> 13 & 0xFF) << 20 : 0);
}

/*
 * What a privilege set may do with a page, protection keys aside. `common` is what all entries of
 * the walk grant: WRITABLE and USER, and EXECUTE_DISABLE if none of them has it set.
 */
static uint32_t rights_of(uint64_t common, uint32_t set, const struct vtlb_control *control) {
    uint32_t execute = common & EXECUTE_DISABLE ? EXECUTE : 0;
    uint32_t write = common & WRITABLE ? WRITE : 0;
    if (set == VTLB_USER) {
        return common & USER ? READ | write | execute : 0;
    }
    if ((common & USER) && (control->cr4 & CR4_SMEP)) {
        execute = 0;
    }
    if ((common & USER) && (control->cr4 & CR4_SMAP) && set != VTLB_SUPERVISOR_AC) {
        return execute;
    }
    int protects = (control->cr0 & CR0_WP) && !fault("write-protection-of-supervisors-ignored");
    return READ | (protects ? write : WRITE) | execute;
}

/* True if PKRU forbids a data access to a page with this key. */
static int key_forbids(int key, const struct vtlb_event *access,
                       const struct vtlb_control *control) {
    if (key == NO_KEY || access->access == VTLB_FETCH) {
        return 0;
    }
    uint32_t denied = access->pkru >> (2 * key);
    int writes_too = access->set == VTLB_USER || (control->cr0 & CR0_WP);
    return (denied & 1) || ((denied & 2) && access->access == VTLB_STORE && writes_too);
}

/* The part of the error code that describes the access. */
static uint32_t code_of(const struct vtlb_event *access, const struct vtlb_control *control) {
    int tells_fetches =
        (control->cr4 & CR4_SMEP) || ((control->cr4 & CR4_PAE) && (control->efer & EFER_NXE));
    return (access->access == VTLB_STORE ? CODE_W : 0) | (access->set == VTLB_USER ? CODE_U : 0) |
           (access->access == VTLB_FETCH && tells_fetches ? CODE_I : 0);
}

static uint64_t read_entry(const struct vtlb_guest *memory, uint64_t address, uint32_t bytes) {
    uint64_t entry = 0;
    if (address >= memory->memory_bytes) {
        return memory->read(memory->context, address, bytes);
    }
    memcpy(&entry, memory->memory + address, bytes);
    return entry;
}

/* Sets bits in an entry; 0 if it is no longer what was read. */
static int set_bits(const struct guest *guest, uint64_t address, uint32_t bytes, uint64_t entry,
                    uint64_t bits, struct found *found) {
    if ((entry | bits) == entry) {
        return 1;
    }
    const struct vtlb_guest *memory = guest->memory;
    if (!memory->compare_and_set(memory->context, address, bytes, entry, entry | bits)) {
        return 0;
    }
    found->updated[found->update_count++] = address >> 12;
    return 1;
}

static int denied(struct found *found, uint32_t code) {
    found->code |= code;
    return 0;
}

/*
 * Walks the guest's tables for an access as a processor does: A is set in each entry before the
 * walk goes on from it, D in the leaf before a store. Returns 1 if the tables permit the access.
 */
static int walk(const struct guest *guest, const struct vtlb_event *access, struct found *found) {
    const struct vtlb_control *control = guest->control;
    uint64_t page = access->address >> 12;
    *found = (struct found){.code = code_of(access, control), .rights = READ | WRITE | EXECUTE,
                            .frame = page, .guest_pages = 1, .dirty = 1, .key = NO_KEY};
    if (!(control->cr0 & CR0_PG)) {
        return 1;
    }
    const struct mode *mode = mode_of(control);
    uint64_t table = control->cr3;
    if (mode == &PAE) {
        table = control->pdptes[access->address >> 30 & 3];
        if (!(table & PRESENT)) { /* reserved bits there were checked when it was loaded */
            return denied(found, 0);
        }
    }
    uint64_t common = ~UINT64_C(0);
    for (uint32_t level = 0;;) {
        int shift = mode->shifts[level];
        uint64_t index = access->address >> shift & (BIT(mode->index_bits) - 1);
        uint64_t place = (table & BITS(mode->bytes == 4 ? 31 : 51, 12)) + index * mode->bytes;
        uint64_t entry = read_entry(guest->memory, place, mode->bytes);
        if (!(entry & PRESENT)) {
            return denied(found, 0);
        }
        int leaf = is_leaf(guest, shift, entry);
        if ((entry & reserved_bits(guest, mode, shift, leaf)) && !fault("reserved-bits-ignored")) {
            return denied(found, CODE_P | CODE_RSVD);
        }
        uint64_t granted = common & (entry ^ EXECUTE_DISABLE);
        uint64_t bits = leaf || !fault("accessed-bit-of-directory-forgotten") ? ACCESSED : 0;
        if (leaf) {
            granted |= fault("user-right-of-last-entry-only") ? entry & USER : 0;
            int keyed = (granted & USER) && (control->cr4 & CR4_PKE) && (control->efer & EFER_LMA);
            found->key = keyed ? (int)(entry >> 59 & 15) : NO_KEY;
            found->rights = rights_of(granted, access->set, control);
            /* Loads, stores and fetches are numbered as the bits of the rights are. */
            int forbidden = key_forbids(found->key, access, control);
            if (forbidden || !(found->rights >> access->access & 1)) {
                return denied(found, CODE_P | (forbidden ? CODE_PK : 0));
            }
            bits |= access->access == VTLB_STORE ? DIRTY : 0;
            found->dirty = ((entry | bits) & DIRTY) != 0;
            found->guest_pages = BIT(shift - 12);
            uint64_t inside = fault("large-page-misplaced") ? 0 : page % found->guest_pages;
            found->frame = leaf_frame(guest, shift, entry) + inside;
        }
        if (!set_bits(guest, place, mode->bytes, entry, bits, found)) {
            continue; /* the guest has changed the entry meanwhile: it is read again */
        }
        if (leaf) {
            return 1;
        }
        common = granted;
        table = entry;
        level++;
    }
}

#endif
