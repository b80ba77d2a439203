/*
 * The C interface between the vtlb conformance kit and a virtual TLB in a native library,
 * version 1 (vtlb verify --target lib:FILE).
 *
 * A library exports the eight functions at the end of this file. The kit plays guest and processor:
 * it walks the entries that the library shows, brings it an event when they do not let an access
 * complete, and judges every answer. What the words mean: docs/protocol/README.md.
 *
 * Everything is called from one thread, and the library calls back from that thread alone, before it
 * returns. Memory that the kit hands over belongs to the kit and is valid until the function returns,
 * except where it says otherwise. Machines are numbered from 0 to 15. Addresses are in bytes, frames
 * and pages are numbered in 4 KiB, guest memory is little-endian. Pointers have 64 bits.
 */
#ifndef VTLB_H
#define VTLB_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define VTLB_ABI 1u

#if defined _WIN32
#define VTLB_EXPORT __declspec(dllexport)
#else
#define VTLB_EXPORT __attribute__((visibility("default")))
#endif

/* Paging modes, as bits of vtlb_description.modes. */
enum {
  VTLB_MODE_NONE = 1,
  VTLB_MODE_32_BIT = 2,
  VTLB_MODE_PAE = 4,
  VTLB_MODE_4_LEVEL = 8,
  VTLB_MODE_5_LEVEL = 16
};

/* Features, as bits of vtlb_description.features; the protocol's documentation says what each declares. */
enum {
  VTLB_SEVERAL_VCPUS = 1 << 0,
  VTLB_PCID = 1 << 1,
  VTLB_FOREIGN_STORES = 1 << 2,
  VTLB_HOST_OPERATIONS = 1 << 3,
  VTLB_INTERLEAVING = 1 << 4,
  VTLB_INTERCEPTS_PRIVILEGE_CHANGES = 1 << 5,
  VTLB_EVENTS_FLUSH_PROCESSOR = 1 << 6,
  VTLB_PREFETCH = 1 << 7,
  VTLB_SHARING = 1 << 8,
  VTLB_RECYCLING = 1 << 9,
  VTLB_WRITE_TRACKING = 1 << 10,
  VTLB_SPURIOUS_FAULTS = 1 << 11
};

struct vtlb_description {
  char name[64];    /* for reports; ends in a zero */
  char version[32]; /* the same */
  uint32_t level;   /* 2: shows its active structure; 3: also sets `report` in responses */
  uint32_t modes;
  uint32_t features;
};

/* Capabilities of the guest's processor, as bits of vtlb_profile.capabilities. */
enum {
  VTLB_CAP_PSE36 = 1 << 0,
  VTLB_CAP_NO_EXECUTE = 1 << 1,
  VTLB_CAP_PAGES_1G = 1 << 2,
  VTLB_CAP_LONG_MODE = 1 << 3,
  VTLB_CAP_FIVE_LEVELS = 1 << 4,
  VTLB_CAP_SMEP = 1 << 5,
  VTLB_CAP_SMAP = 1 << 6,
  VTLB_CAP_PCID = 1 << 7,
  VTLB_CAP_INVPCID = 1 << 8,
  VTLB_CAP_PROTECTION_KEYS = 1 << 9
};

enum { VTLB_INTEL = 0, VTLB_AMD = 1 };

struct vtlb_profile {
  uint32_t vendor;
  uint32_t physical_address_bits; /* MAXPHYADDR, 32 to 52 */
  uint32_t capabilities;
  uint32_t spurious_faults; /* not 0: the architecture lets stale translations fault once */
};

/* Control registers, IA32_EFER, and the PDPTE registers, which count with PAE paging only. */
struct vtlb_control {
  uint64_t cr0, cr3, cr4, efer;
  uint64_t pdptes[4];
};

struct vtlb_vcpu_state {
  struct vtlb_control control;
  uint32_t cpl;
  uint32_t alignment_check; /* EFLAGS.AC */
  uint32_t pkru;
  uint32_t unused;
};

/*
 * A run of guest frames with memory behind them; all other guest frames belong to devices. A store
 * to read-only memory is a VTLB_DEVICE_ACCESS; such runs occur without host operations, too.
 */
struct vtlb_host_range {
  uint64_t guest_frame, host_frame, frames;
  uint64_t read_only;
};

/*
 * Guest memory.
 *
 * `memory` shows guest-physical addresses 0 to memory_bytes - 1 and always holds what guest memory
 * holds now; it may only be read, a write is a segmentation fault. It is valid until the machine is
 * destroyed or created again, or the library's instance deleted. A frame of which no word was ever
 * written reads as zero there; a read through `read` shows its tags, and memory at any address.
 *
 * A library that declares VTLB_INTERLEAVING reads through `read` alone, and `memory` is NULL: other
 * virtual CPUs and agents may change memory during that call, and the kit may call vtlb_entries and
 * vtlb_follow inside it. Writes always go through the kit; each is judged. `bytes` is 4 or 8, and
 * the address a multiple of it; values of four bytes have no other bits set.
 */
struct vtlb_guest {
  void *context;
  uint64_t (*read)(void *context, uint64_t address, uint32_t bytes);
  /* Not 0 if memory held `expected` and holds `replacement` now. */
  uint32_t (*compare_and_set)(void *context, uint64_t address, uint32_t bytes, uint64_t expected,
                              uint64_t replacement);
  /* A guest's store, done for it on the way to VTLB_STORE_EMULATED. */
  void (*store)(void *context, uint64_t address, uint32_t bytes, uint64_t value);
  const uint8_t *memory;
  uint64_t memory_bytes;
};

/* What vtlb_create gets. `guest` stays valid as long as the machine exists; copy all else. */
struct vtlb_machine {
  uint32_t vm, vcpu_count, range_count, unused;
  struct vtlb_profile profile;
  const struct vtlb_vcpu_state *vcpus;
  const struct vtlb_host_range *ranges;
  const struct vtlb_guest *guest;
};

enum { VTLB_SUPERVISOR = 0, VTLB_USER = 1, VTLB_SUPERVISOR_AC = 2 }; /* privilege sets */
enum { VTLB_LOAD = 0, VTLB_STORE = 1, VTLB_FETCH = 2 };
enum { VTLB_CR0 = 0, VTLB_CR3 = 1, VTLB_CR4 = 2, VTLB_EFER = 3 };
enum { VTLB_INVPCID_ADDRESS = 0, VTLB_INVPCID_SINGLE, VTLB_INVPCID_ALL, VTLB_INVPCID_ALL_BUT_GLOBAL };

enum {
  VTLB_PAGE_FAULT = 1,       /* address, bytes, access, set, pkru, active_code, value */
  VTLB_INVLPG = 2,           /* address */
  VTLB_INVPCID = 3,          /* type, pcid, address */
  VTLB_CONTROL_WRITE = 4,    /* reg, value, before, after */
  VTLB_PRIVILEGE_CHANGE = 5  /* from, to */
};

/* Fields that an event does not have are 0. */
struct vtlb_event {
  uint32_t kind, vm, vcpu;
  uint32_t access, set, bytes, active_code, pkru;
  uint32_t type, pcid, reg, from, to;
  uint32_t unused;
  uint64_t address, value;
  struct vtlb_control before, after;
};

enum { VTLB_RESUME = 1, VTLB_INJECT_PAGE_FAULT = 2, VTLB_STORE_EMULATED = 3, VTLB_DEVICE_ACCESS = 4 };

/* When each cause and each resync is right: docs/protocol/README.md, causes and resyncs. */
enum {
  VTLB_CAUSE_GUEST_PAGE_FAULT = 1,
  VTLB_CAUSE_INCONSISTENCY,
  VTLB_CAUSE_TLB_MANIPULATION,
  VTLB_CAUSE_CONTROL_CHANGE,
  VTLB_CAUSE_PRIVILEGE_SET_CHANGE,
  VTLB_CAUSE_PRIVILEGE_CHANGE_WITHIN_SET,
  VTLB_CAUSE_DEVICE_ACCESS,
  VTLB_CAUSE_SPURIOUS
};

enum { VTLB_RESYNC_NONE = 1, VTLB_RESYNC_PARTIAL, VTLB_RESYNC_FULL, VTLB_RESYNC_FLUSH };

enum { VTLB_DROP_EVERYTHING = 1, VTLB_DROP_PAGE = 2 };

/* What a processor must forget of one virtual CPU; `address` counts with VTLB_DROP_PAGE only. */
struct vtlb_drop {
  uint32_t kind, vm, vcpu, unused;
  uint64_t address;
};

#define VTLB_MOST_DROPS 64

/* Comes zeroed; whoever needs more drops drops everything. */
struct vtlb_response {
  uint32_t action;
  uint32_t cause, resync; /* both 0: no report */
  uint32_t fault_code;    /* with VTLB_INJECT_PAGE_FAULT */
  uint64_t fault_address; /* the same */
  uint64_t drop_count;
  struct vtlb_drop drops[VTLB_MOST_DROPS];
};

/* One valid entry of the active structure, as one privilege set may use it. */
struct vtlb_entry {
  uint64_t page, pages; /* bits 63:12 of the first address; 1, 512, 1024 or 262144 pages */
  uint64_t host_frame;
  uint32_t rights; /* bits: 1 read, 2 write, 4 fetch */
  int32_t key;     /* the protection key that PKRU is applied by, or -1 */
};

enum {
  VTLB_MAP_FRAMES = 1,    /* guest_frame, host_frame, frames */
  VTLB_UNMAP_FRAMES,      /* guest_frame, frames */
  VTLB_MOVE_FRAMES,       /* guest_frame, host_frame, frames */
  VTLB_PROTECT_FRAMES,    /* guest_frame, frames, read_only */
  VTLB_RESIZE_PAGES,      /* guest_frame, frames, pages */
  VTLB_START_DIRTY_LOG,
  VTLB_HARVEST_DIRTY_LOG, /* the response names frames */
  VTLB_DESTROY_MACHINE
};

struct vtlb_host_operation {
  uint32_t kind, vm;
  uint64_t guest_frame, host_frame, frames, pages, read_only;
};

/*
 * Comes zeroed, but for `dirty_frames`, which has room for `dirty_room` guest frames: as many as there
 * are in 2 GiB. Each needs to be named once.
 */
struct vtlb_host_response {
  uint64_t drop_count;
  struct vtlb_drop drops[VTLB_MOST_DROPS];
  uint64_t dirty_count, dirty_room;
  uint64_t *dirty_frames;
};

/* The library's own state for one sequence of operations. */
struct vtlb;

/* Results of the functions below. */
enum {
  VTLB_OK = 0,
  VTLB_UNSUPPORTED = 1, /* not served; a failure of its own if it was declared */
  VTLB_ERROR = 2        /* the library gives up */
};

/* VTLB_ABI of the header that the library was compiled with. */
VTLB_EXPORT uint32_t vtlb_abi(void);

/* What the library is; the same on each call. `description` comes zeroed. */
VTLB_EXPORT void vtlb_describe(struct vtlb_description *description);

/* A sequence begins: an instance without machines, or NULL. */
VTLB_EXPORT struct vtlb *vtlb_new(void);

/* The sequence has ended. */
VTLB_EXPORT void vtlb_delete(struct vtlb *instance);

/* A machine comes into being; none of that number exists. A sequence may create several. */
VTLB_EXPORT uint32_t vtlb_create(struct vtlb *instance, const struct vtlb_machine *machine);

/* The guest did something; it stands still until this returns. */
VTLB_EXPORT uint32_t vtlb_handle(struct vtlb *instance, const struct vtlb_event *event,
                                 struct vtlb_response *response);

/*
 * The entries that the processor could use if this virtual CPU ran in this privilege set now, in
 * any order; no two cover the same page. Returns how many there are, at most 1048576; writes at most
 * `room` of them. If there are more than `room` it is called again with room for all.
 */
VTLB_EXPORT uint64_t vtlb_entries(struct vtlb *instance, uint32_t vm, uint32_t vcpu, uint32_t set,
                                  struct vtlb_entry *entries, uint64_t room);

/* The host did something; only called, and only needed, if VTLB_HOST_OPERATIONS is declared. */
VTLB_EXPORT uint32_t vtlb_follow(struct vtlb *instance, const struct vtlb_host_operation *operation,
                                 struct vtlb_host_response *response);

#ifdef __cplusplus
}
#endif

#endif
