//! The beginning of a virtual TLB: it speaks vtlb-target/1, answers every event with "resume", and
//! shows no entries. So it breaks the first rule that it meets, and the kit says which:
//!
//!     cargo build --release && ./vtlb verify --target exec:target/release/my-tlb
//!
//! Begin with Machine::page_fault, then entries. json.rs reads the lines, memory.rs keeps the copy
//! of guest memory. The protocol is described in docs/protocol/README.md of the kit, and
//! docs/your-first-target.md goes from here to a virtual TLB that conforms (in Python). A complete
//! one is conformance-tests/examples/rust.
#![allow(dead_code)] // until your walk uses what is here

mod json;
mod memory;

use json::Json;
use memory::Memory;
use std::collections::HashMap;
use std::io::{self, BufRead, Write};

/// Level 3 needs a report in your answers; then more modes, and features one by one.
const HELLO: &str = "\"protocol\":\"vtlb-target/1\",\"name\":\"my-tlb\",\"version\":\"0.1\",\
    \"level\":2,\"modes\":[\"32-bit\"],\"features\":[]";

/// Your part: what a virtual CPU keeps, for each privilege set.
struct Vcpu {
    cr0: u64,
    cr3: u64,
    cr4: u64,
}

/// A run of guest frames with memory behind them; all others belong to devices.
struct HostRange {
    guest_frame: u64,
    host_frame: u64,
    frames: u64,
    read_only: bool,
}

struct Machine {
    memory: Memory,
    host_map: Vec<HostRange>,
    vcpus: Vec<Vcpu>,
}

/// Answers are the fields of a JSON object, each after a comma.
const RESUME: &str = ",\"action\":\"resume\"";

impl Machine {
    /// Answers an access that your entries did not let through.
    fn page_fault(&mut self, _vcpu: usize, _event: &Json) -> Result<String, String> {
        // First: walk the guest's tables from cr3 for _event.address("address")?, by
        // self.memory.read. If they permit the access, keep an entry for entries() to show, and
        // resume. If they do not, the answer has the fields
        //     "action":"inject-page-fault","code":"0x2","address":"0x400000"
        Ok(RESUME.to_string())
    }

    /// The entries that the processor may use, each as
    /// `{"page":"0x400","pages":1,"hostFrame":"0x205","rights":"r--"}`.
    fn entries(&self, _vcpu: usize, _set: &str) -> Vec<String> {
        Vec::new()
    }

    fn handle(&mut self, vcpu: usize, event: &Json) -> Result<String, String> {
        match event.word("event")? {
            "page-fault" => return self.page_fault(vcpu, event),
            // Later: what was made under the registers as they were must go.
            "control-write" => self.vcpus[vcpu] = registers(event.field("after")?)?,
            // Later: what an INVLPG names must go, here and in the processor ("drops").
            _ => {}
        }
        Ok(RESUME.to_string())
    }
}

fn registers(state: &Json) -> Result<Vcpu, String> {
    let [cr0, cr3, cr4] = [state.address("cr0")?, state.address("cr3")?, state.address("cr4")?];
    Ok(Vcpu { cr0, cr3, cr4 })
}

fn host_range(run: &Json) -> Result<HostRange, String> {
    Ok(HostRange {
        guest_frame: run.address("guestFrame")?,
        host_frame: run.address("hostFrame")?,
        frames: run.number("frames", 1 << 40)?,
        read_only: matches!(run.find("readOnly"), Some(Json::Plain("true"))),
    })
}

fn put_words(memory: &mut Memory, request: &Json) -> Result<(), String> {
    for word in request.list("words")? {
        memory.put(word.address("address")?, word.address("value")? as u32);
    }
    Ok(())
}

fn create(request: &Json, vm: u64) -> Result<Machine, String> {
    let mut memory = Memory::new(vm);
    put_words(&mut memory, request)?;
    let host_map = request.list("hostMap")?.iter().map(host_range).collect::<Result<_, _>>()?;
    let vcpus = request.list("vcpus")?.iter().map(registers).collect::<Result<_, _>>()?;
    Ok(Machine { memory, host_map, vcpus })
}

/// The fields of an answer beside `n`.
fn answer(machines: &mut HashMap<u64, Machine>, request: &Json) -> Result<String, String> {
    match request.word("request")? {
        "hello" => return Ok(format!(",{HELLO}")),
        "bye" => return Ok(String::new()),
        "reset" => {
            machines.clear();
            return Ok(String::new());
        }
        "create" => {
            let vm = request.number("vm", 16)?;
            machines.insert(vm, create(request, vm)?);
            return Ok(String::new());
        }
        _ => {}
    }
    let vm = request.number("vm", 16)?;
    let machine = machines.get_mut(&vm).ok_or_else(|| format!("there is no machine {vm}"))?;
    if request.word("request")? == "stores" {
        put_words(&mut machine.memory, request)?;
        return Ok(String::new());
    }
    let vcpu = request.number("vcpu", machine.vcpus.len() as u64)? as usize;
    if request.word("request")? == "entries" {
        return Ok(format!(
            ",\"entries\":[{}]",
            machine.entries(vcpu, request.word("set")?).join(",")
        ));
    }
    let answered = machine.handle(vcpu, request)?;
    let writes = std::mem::take(&mut machine.memory.writes);
    Ok(format!("{answered},\"writes\":[{}]", writes.join(",")))
}

fn converse() -> Result<(), String> {
    let mut machines = HashMap::new();
    for line in io::stdin().lock().lines() {
        let line = line.map_err(|why| why.to_string())?;
        let request = Json::read(&line)?;
        let fields = answer(&mut machines, &request)?;
        println!("{{\"n\":{}{fields}}}", request.number("n", u64::MAX)?);
        io::stdout().flush().map_err(|why| why.to_string())?;
        if request.word("request")? == "bye" {
            break;
        }
    }
    Ok(())
}

fn main() {
    if let Err(why) = converse() {
        eprintln!("my-tlb: {why}");
        std::process::exit(1);
    }
}
