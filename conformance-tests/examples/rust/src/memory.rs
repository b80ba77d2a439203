//! The copy of one machine's guest memory that the protocol keeps up to date.

use std::collections::HashMap;

pub struct Memory {
    vm: u64,
    words: HashMap<u64, u32>,
    /// What the virtual TLB has written since this was last taken, as the protocol has it.
    pub writes: Vec<String>,
}

impl Memory {
    pub fn new(vm: u64) -> Self {
        Memory { vm, words: HashMap::new(), writes: Vec::new() }
    }

    pub fn put(&mut self, address: u64, value: u32) {
        self.words.insert(address, value);
    }

    /// A word that was never written holds its tag. Where there is no memory the kit reads zero;
    /// a tag does as well there, since neither has bit 0 set and a walk looks at nothing else.
    fn word(&self, address: u64) -> u64 {
        let tag = (self.vm as u32 + 1) << 28 ^ address as u32;
        u64::from(*self.words.get(&address).unwrap_or(&tag))
    }

    pub fn read(&self, address: u64, bytes: u32) -> u64 {
        let high = if bytes == 8 { self.word(address + 4) } else { 0 };
        high << 32 | self.word(address)
    }

    /// Sets bits in an entry that holds what was read. Nothing else happens during an event, so
    /// unlike a processor's update this one cannot fail.
    pub fn set_bits(&mut self, address: u64, bytes: u32, entry: u64, bits: u64) {
        let updated = entry | bits;
        if updated != entry {
            self.put(address, updated as u32);
            if bytes == 8 {
                self.put(address + 4, (updated >> 32) as u32);
            }
            self.writes.push(format!(
                "{{\"write\":\"compare-and-set\",\"vm\":{},\"address\":\"{address:#x}\",\
                 \"bytes\":{bytes},\"expected\":\"{entry:#x}\",\"replacement\":\"{updated:#x}\"}}",
                self.vm
            ));
        }
    }
}
