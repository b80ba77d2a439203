/*
 * A library that does what it is asked to do wrong: the address of a page fault says what. Parts of
 * it are left out or changed by words that the compiler is told.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vtlb.h"

struct vtlb {
  const struct vtlb_guest *guest;
  uint64_t last; /* the address of the last page fault */
  uint64_t shown;
};

static int instances;

VTLB_EXPORT int odd_instances(void);

int odd_instances(void) { return instances; }

uint32_t vtlb_abi(void) {
#ifdef OTHER_ABI
  return VTLB_ABI + 1;
#else
  return VTLB_ABI;
#endif
}

void vtlb_describe(struct vtlb_description *description) {
#ifdef ENDLESS_NAME
  memset(description->name, 'x', sizeof description->name);
#elif !defined NO_NAME
  strcpy(description->name, "odd");
#endif
  strcpy(description->version, "0.1");
#ifndef NO_LEVEL
  description->level = 2;
#endif
#ifndef NO_MODES
  description->modes = VTLB_MODE_32_BIT | VTLB_MODE_5_LEVEL;
#endif
#ifdef UNKNOWN_FEATURE
  description->features = 1u << 31;
#elif defined INTERLEAVES
  description->features = VTLB_HOST_OPERATIONS | VTLB_INTERLEAVING;
#elif !defined NO_FEATURES
  description->features = VTLB_HOST_OPERATIONS;
#endif
}

struct vtlb *vtlb_new(void) {
#ifdef NEVER_BEGINS
  return NULL;
#else
  instances++;
  return calloc(1, sizeof(struct vtlb));
#endif
}

void vtlb_delete(struct vtlb *instance) {
  instances--;
  free(instance);
}

uint32_t vtlb_create(struct vtlb *instance, const struct vtlb_machine *machine) {
#ifdef INTERLEAVES
  if (machine->guest->memory != NULL || machine->guest->memory_bytes != 0) {
    return VTLB_ERROR;
  }
#endif
  instance->guest = machine->guest;
  return machine->vcpu_count > 1 ? VTLB_UNSUPPORTED : VTLB_OK;
}

#ifndef LACKS_HANDLE

uint32_t vtlb_handle(struct vtlb *instance, const struct vtlb_event *event,
                     struct vtlb_response *response) {
  const struct vtlb_guest *guest = instance->guest;
  if (event->kind != VTLB_PAGE_FAULT) {
    return VTLB_UNSUPPORTED;
  }
  instance->last = event->address;
  response->action = VTLB_RESUME;
  switch (event->address) {
    case 0x1: response->action = 0; break;
    case 0x2: response->action = 5; break;
    case 0x3: response->cause = VTLB_CAUSE_SPURIOUS; break;
    case 0x4: response->cause = 9; response->resync = VTLB_RESYNC_FULL; break;
    case 0x5: response->cause = VTLB_CAUSE_SPURIOUS; response->resync = 5; break;
    case 0x6: response->drop_count = VTLB_MOST_DROPS + 1; break;
    case 0x7: response->drop_count = ~(uint64_t)0; break;
    case 0x8: response->drop_count = 1; break;
    case 0x9:
      response->drop_count = 1;
      response->drops[0] = (struct vtlb_drop){.kind = VTLB_DROP_PAGE, .vcpu = ~0u};
      break;
    case 0xa: return VTLB_UNSUPPORTED;
    case 0xb: return VTLB_ERROR;
    case 0xc: return 77;
    case 0xd: guest->read(guest->context, 0x1000, 3); break;
    case 0xe: guest->read(guest->context, 0x1004, 8); break;
    case 0xf: guest->compare_and_set(guest->context, 0x1000, 4, 0, (uint64_t)-1); break;
    case 0x10: guest->store((void *)15, 0x1000, 4, 0); break;
    case 0x11: /* the sum of two words, read one way and the other */
      response->action = VTLB_INJECT_PAGE_FAULT;
      response->fault_address = guest->read(guest->context, 0x1000, 8);
      if (guest->memory_bytes > 0x1008) {
        uint64_t seen;
        memcpy(&seen, guest->memory + 0x1000, sizeof seen);
        response->fault_address += seen;
      }
      response->fault_code = 0x15;
      break;
    case 0x12:
      response->action = guest->compare_and_set(guest->context, 0x1000, 4, 0x2003, 0x2023)
                             ? VTLB_STORE_EMULATED
                             : VTLB_DEVICE_ACCESS;
      break;
    case 0x13:
      response->drop_count = VTLB_MOST_DROPS;
      for (int i = 0; i < VTLB_MOST_DROPS; i++) {
        response->drops[i] = (struct vtlb_drop){.kind = VTLB_DROP_PAGE, .address = i};
      }
      break;
  }
  return VTLB_OK;
}

#endif

uint64_t vtlb_entries(struct vtlb *instance, uint32_t vm, uint32_t vcpu, uint32_t set,
                      struct vtlb_entry *entries, uint64_t room) {
  struct vtlb_entry entry = {.page = 0x400, .pages = 1, .host_frame = 0x200, .rights = 5, .key = -1};
  uint64_t count = 1;
  switch (instance->last) {
    case 0x20: entry.rights = 8; break;
    case 0x21: entry.key = 16; break;
    case 0x22: entry.key = -2; break;
    case 0x23: entry.page = (uint64_t)1 << 52; break;
    case 0x24: entry.pages = 2; break;
    case 0x25: entry.pages = ((uint64_t)1 << 32) + 1; break;
    case 0x26: return room + 1;
    case 0x27: return ~(uint64_t)0;
    case 0x28: count = 200; break;
    case 0x29: entry.page = ((uint64_t)1 << 52) - 1; break;
    case 0x2a: return 0;
    case 0x2b: count = 2; break;
  }
  for (uint64_t i = 0; i < count && i < room; i++) {
    entries[i] = entry;
    entries[i].page += i;
  }
  return count;
}

#ifndef LACKS_FOLLOW

uint32_t vtlb_follow(struct vtlb *instance, const struct vtlb_host_operation *operation,
                     struct vtlb_host_response *response) {
  switch (operation->kind) {
    case VTLB_HARVEST_DIRTY_LOG:
      response->dirty_count = instance->last == 0x30 ? response->dirty_room + 1 : 2;
      response->dirty_frames[0] = 5;
      response->dirty_frames[1] = 7;
      return VTLB_OK;
    case VTLB_RESIZE_PAGES: return operation->pages == 512 ? VTLB_OK : VTLB_ERROR;
    case VTLB_PROTECT_FRAMES: return VTLB_UNSUPPORTED;
    default:
      response->drop_count = 1;
      response->drops[0].kind = VTLB_DROP_EVERYTHING;
      response->drops[0].vcpu = instance->shown;
      return VTLB_OK;
  }
}

#endif
