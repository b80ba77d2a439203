//! The guest's tables: a walk in any paging mode, and what it permits (Intel SDM vol. 3, 4.3 to 4.8).

use crate::memory::Memory;

const PRESENT: u64 = 1;
const WRITABLE: u64 = 1 << 1;
const USER: u64 = 1 << 2;
const ACCESSED: u64 = 1 << 5;
const DIRTY: u64 = 1 << 6;
const LARGE: u64 = 1 << 7;
const EXECUTE_DISABLE: u64 = 1 << 63;

const CR0_WP: u64 = 1 << 16;
pub const CR0_PG: u64 = 1 << 31;
const CR4_PSE: u64 = 1 << 4;
const CR4_PAE: u64 = 1 << 5;
const CR4_LA57: u64 = 1 << 12;
const CR4_SMEP: u64 = 1 << 20;
const CR4_SMAP: u64 = 1 << 21;
const CR4_PKE: u64 = 1 << 22;
const EFER_LMA: u64 = 1 << 10;
const EFER_NXE: u64 = 1 << 11;

const CODE_P: u32 = 1;
const CODE_W: u32 = 1 << 1;
const CODE_U: u32 = 1 << 2;
const CODE_RSVD: u32 = 1 << 3;
const CODE_I: u32 = 1 << 4;
const CODE_PK: u32 = 1 << 5;

pub struct Profile {
    pub amd: bool,
    pub width: u32,
    pub pse36: bool,
    pub pages_1g: bool,
}

#[derive(Clone, Default)]
pub struct Control {
    pub cr0: u64,
    pub cr3: u64,
    pub cr4: u64,
    pub efer: u64,
    pub pdptes: [u64; 4],
}

#[derive(Clone, Copy, PartialEq)]
pub enum Kind {
    Load,
    Store,
    Fetch,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Set {
    Supervisor,
    User,
    SupervisorAc,
}

pub struct Access {
    pub address: u64,
    pub kind: Kind,
    pub set: Set,
    pub pkru: u32,
}

#[derive(Clone, Copy)]
pub struct Rights {
    pub read: bool,
    pub write: bool,
    pub execute: bool,
}

/// What a walk has found: the guest frame behind a page, and what the set of the access may do.
pub struct Found {
    pub frame: u64,
    pub guest_pages: u64,
    pub rights: Rights,
    pub dirty: bool,
    pub key: Option<u32>,
}

/// The bits from the highest down to the lowest; none if that is above it.
fn bits(high: u32, low: u32) -> u64 {
    if high < low {
        0
    } else {
        u64::MAX >> (63 - high) & u64::MAX << low
    }
}

/// One walk: where the index of each level begins in a linear address, from the root down.
struct Mode {
    bytes: u32,
    index_bits: u32,
    shifts: &'static [u32],
    /// The address bits from MAXPHYADDR up to this one must be clear.
    highest_reserved: u32,
}

const TWO_LEVEL: Mode = Mode { bytes: 4, index_bits: 10, shifts: &[22, 12], highest_reserved: 0 };
/// Below the PDPTE registers.
const PAE: Mode = Mode { bytes: 8, index_bits: 9, shifts: &[21, 12], highest_reserved: 62 };
const FOUR_LEVEL: Mode =
    Mode { bytes: 8, index_bits: 9, shifts: &[39, 30, 21, 12], highest_reserved: 51 };
const FIVE_LEVEL: Mode =
    Mode { bytes: 8, index_bits: 9, shifts: &[48, 39, 30, 21, 12], highest_reserved: 51 };

impl Control {
    pub fn paging(&self) -> bool {
        self.cr0 & CR0_PG != 0
    }

    fn has(&self, cr4: u64) -> bool {
        self.cr4 & cr4 != 0
    }

    /// The mode, and the table that a walk for this address begins with, if there is one.
    fn root(&self, address: u64) -> (Mode, Option<u64>) {
        if self.efer & EFER_LMA != 0 {
            let mode = if self.has(CR4_LA57) { FIVE_LEVEL } else { FOUR_LEVEL };
            (mode, Some(self.cr3))
        } else if self.has(CR4_PAE) {
            // Reserved bits of the PDPTE registers were checked when they were loaded.
            let pdpte = self.pdptes[(address >> 30 & 3) as usize];
            (PAE, Some(pdpte).filter(|pdpte| pdpte & PRESENT != 0))
        } else {
            (TWO_LEVEL, Some(self.cr3))
        }
    }

    /// The part of the error code that describes the access.
    fn code(&self, access: &Access) -> u32 {
        let nxe = self.efer & EFER_NXE != 0;
        let tells_fetches = self.has(CR4_SMEP) || (self.has(CR4_PAE) && nxe);
        (if access.kind == Kind::Store { CODE_W } else { 0 })
            | (if access.set == Set::User { CODE_U } else { 0 })
            | (if access.kind == Kind::Fetch && tells_fetches { CODE_I } else { 0 })
    }

    /// What a privilege set may do with a page, protection keys aside. `common` is what all entries
    /// of the walk grant: WRITABLE and USER, and EXECUTE_DISABLE if none of them has it set.
    fn rights(&self, common: u64, set: Set) -> Rights {
        let [writable, user, executable] =
            [WRITABLE, USER, EXECUTE_DISABLE].map(|bit| common & bit != 0);
        if set == Set::User {
            let [write, execute] = [writable, executable].map(|right| user && right);
            return Rights { read: user, write, execute };
        }
        let touches = !user || !self.has(CR4_SMAP) || set == Set::SupervisorAc;
        Rights {
            read: touches,
            write: touches && (writable || self.cr0 & CR0_WP == 0),
            execute: executable && !(user && self.has(CR4_SMEP)),
        }
    }

    /// True if PKRU forbids a data access to a page with this key.
    fn key_forbids(&self, key: Option<u32>, access: &Access) -> bool {
        let denied = key.map_or(0, |key| access.pkru >> (2 * key));
        let writes_too = access.set == Set::User || self.cr0 & CR0_WP != 0;
        match access.kind {
            Kind::Load => denied & 1 != 0,
            Kind::Store => denied & 1 != 0 || (denied & 2 != 0 && writes_too),
            Kind::Fetch => false,
        }
    }
}

impl Profile {
    fn is_leaf(&self, control: &Control, shift: u32, entry: u64) -> bool {
        let large = entry & LARGE != 0;
        match shift {
            12 => true,
            21 => large,
            22 => large && control.has(CR4_PSE),
            30 => large && self.pages_1g,
            _ => false,
        }
    }

    /// The bits that must be clear in a present entry.
    fn reserved(&self, control: &Control, mode: &Mode, shift: u32, leaf: bool) -> u64 {
        if mode.bytes == 4 {
            let reach = if self.pse36 { self.width.min(40) } else { 32 };
            return if leaf && shift == 22 { bits(21, reach - 19) } else { 0 };
        }
        let by_kind = if leaf { bits(shift - 1, 13) } else { LARGE };
        let by_vendor = if shift >= 39 && self.amd { 1 << 8 } else { 0 };
        let by_control = if control.efer & EFER_NXE == 0 { EXECUTE_DISABLE } else { 0 };
        bits(mode.highest_reserved, self.width) | by_kind | by_vendor | by_control
    }

    fn leaf_frame(&self, shift: u32, entry: u64) -> u64 {
        let high = if shift == 22 && self.pse36 { (entry >> 13 & 0xff) << 20 } else { 0 };
        high | (entry & bits(51, shift)) >> 12
    }

    /// Walks the guest's tables for an access as a processor does: A is set in each entry before
    /// the walk goes on from it, D in the leaf before a store. The error code if they deny it.
    pub fn walk(
        &self,
        memory: &mut Memory,
        control: &Control,
        access: &Access,
    ) -> Result<Found, u32> {
        let page = access.address >> 12;
        let all = Rights { read: true, write: true, execute: true };
        if !control.paging() {
            return Ok(Found { frame: page, guest_pages: 1, rights: all, dirty: true, key: None });
        }
        let code = control.code(access);
        let (mode, root) = control.root(access.address);
        let mut table = root.ok_or(code)?;
        let mut common = u64::MAX;
        for &shift in mode.shifts {
            let index = access.address >> shift & ((1 << mode.index_bits) - 1);
            let base = table & bits(if mode.bytes == 4 { 31 } else { 51 }, 12);
            let place = base + index * u64::from(mode.bytes);
            let entry = memory.read(place, mode.bytes);
            if entry & PRESENT == 0 {
                return Err(code);
            }
            let leaf = self.is_leaf(control, shift, entry);
            if entry & self.reserved(control, &mode, shift, leaf) != 0 {
                return Err(code | CODE_P | CODE_RSVD);
            }
            common &= entry ^ EXECUTE_DISABLE;
            table = entry;
            if !leaf {
                memory.set_bits(place, mode.bytes, entry, ACCESSED);
                continue;
            }
            let keyed = control.has(CR4_PKE) && control.efer & EFER_LMA != 0 && common & USER != 0;
            let key = keyed.then_some((entry >> 59 & 15) as u32);
            let rights = control.rights(common, access.set);
            let forbidden = control.key_forbids(key, access);
            if forbidden || !rights.allow(access.kind) {
                return Err(code | CODE_P | if forbidden { CODE_PK } else { 0 });
            }
            let dirty = if access.kind == Kind::Store { DIRTY } else { 0 };
            memory.set_bits(place, mode.bytes, entry, ACCESSED | dirty);
            let guest_pages = 1 << (shift - 12);
            return Ok(Found {
                frame: self.leaf_frame(shift, entry) + page % guest_pages,
                guest_pages,
                rights,
                dirty: (entry | dirty) & DIRTY != 0,
                key,
            });
        }
        unreachable!("the last level has nothing but leaves")
    }
}

impl Rights {
    fn allow(&self, kind: Kind) -> bool {
        match kind {
            Kind::Load => self.read,
            Kind::Store => self.write,
            Kind::Fetch => self.execute,
        }
    }
}
