//! A virtual TLB: the plainest that is right.
//!
//! It does in software what a processor's TLB does. Each virtual CPU has a list of pages of 4 KiB,
//! each with the rights of one privilege set. A page fault walks the guest's tables, as they are in
//! memory now, and fills in one page; INVLPG forgets one; whatever else the guest changes forgets
//! everything. No guest store is intercepted, so a page may be stale until the guest invalidates
//! it, as in a processor.

use crate::memory::Memory;
use crate::paging::{Access, Control, Kind, Profile, Rights, Set};

/// An active entry.
pub struct Page {
    pub set: Set,
    pub number: u64,
    pub host_frame: u64,
    pub rights: Rights,
    pub key: Option<u32>,
    /// The size of the guest's page that it is a piece of.
    guest_pages: u64,
}

#[derive(Default)]
pub struct Vcpu {
    pub control: Control,
    pub pages: Vec<Page>,
}

/// A run of guest frames with memory behind them; all others belong to devices.
pub struct HostRange {
    pub guest_frame: u64,
    pub host_frame: u64,
    pub frames: u64,
    pub read_only: bool,
}

pub struct Machine {
    pub profile: Profile,
    pub host_map: Vec<HostRange>,
    pub memory: Memory,
    pub vcpus: Vec<Vcpu>,
}

pub enum Action {
    Resume,
    InjectPageFault { code: u32, address: u64 },
    DeviceAccess,
}

/// What the processor of the virtual CPU must forget, too.
pub enum Drop {
    Everything,
    Page(u64),
}

pub struct Answer {
    pub action: Action,
    pub drops: Vec<Drop>,
    pub cause: &'static str,
    pub resync: &'static str,
}

impl Machine {
    pub fn page_fault(&mut self, vcpu: usize, access: &Access) -> Answer {
        let cpu = &mut self.vcpus[vcpu];
        // Whatever was known of the page has to make room, or is stale.
        let page = access.address >> 12;
        let drops = cpu.forget(|held| held.number == page);
        let found = match self.profile.walk(&mut self.memory, &cpu.control, access) {
            Ok(found) => found,
            Err(code) => {
                let action = Action::InjectPageFault { code, address: access.address };
                return Answer { action, drops, cause: "guest-page-fault", resync: "none" };
            }
        };
        let inside = |range: &HostRange| found.frame.wrapping_sub(range.guest_frame);
        let range = self.host_map.iter().find(|range| inside(range) < range.frames);
        let store = access.kind == Kind::Store;
        match range.filter(|range| !(store && range.read_only)) {
            None => Answer {
                action: Action::DeviceAccess,
                drops,
                cause: "device-access",
                resync: "none",
            },
            Some(range) => {
                // A store that has yet to set D must fault.
                let write = found.rights.write && found.dirty && !range.read_only;
                cpu.pages.push(Page {
                    set: access.set,
                    number: page,
                    host_frame: range.host_frame + inside(range),
                    rights: Rights { write, ..found.rights },
                    key: found.key,
                    guest_pages: found.guest_pages,
                });
                Answer { action: Action::Resume, drops, cause: "inconsistency", resync: "partial" }
            }
        }
    }
}

impl Vcpu {
    fn forget(&mut self, unwanted: impl Fn(&Page) -> bool) -> Vec<Drop> {
        let gone = self.pages.iter().filter(|page| unwanted(page));
        let drops = gone.map(|page| Drop::Page(page.number << 12)).collect();
        self.pages.retain(|page| !unwanted(page));
        drops
    }

    /// INVLPG: with the page go all other pieces of the guest's page.
    pub fn invalidate_page(&mut self, address: u64) -> Answer {
        let page = address >> 12;
        let drops = self.forget(|held| held.number / held.guest_pages == page / held.guest_pages);
        Answer { action: Action::Resume, drops, cause: "tlb-manipulation", resync: "none" }
    }

    /// INVPCID, and whatever else needs no less.
    pub fn flush(&mut self, cause: &'static str) -> Answer {
        self.pages.clear();
        Answer { action: Action::Resume, drops: vec![Drop::Everything], cause, resync: "flush" }
    }

    /// Rights were resolved with the control state as it was, so nothing outlives a write to it.
    pub fn write_control(&mut self, register: &str, after: Control) -> Answer {
        let toggles_paging = self.control.paging() != after.paging();
        self.control = after;
        match register {
            "cr0" if !toggles_paging => self.flush("control-change"),
            "efer" => self.flush("control-change"),
            _ => self.flush("tlb-manipulation"),
        }
    }
}
