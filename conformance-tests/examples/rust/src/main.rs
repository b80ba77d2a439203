//! The target protocol over standard input and output; see docs/protocol/README.md of the kit.

mod json;
mod memory;
mod paging;
mod tlb;

use json::Json;
use memory::Memory;
use paging::{Access, Control, Kind, Profile, Set};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{self, BufRead, BufReader, Write as _};
use tlb::{Action, Answer, Drop, HostRange, Machine, Vcpu};

type Machines = HashMap<u64, Machine>;

const HELLO: &str = "\"protocol\":\"vtlb-target/1\",\"name\":\"example-rust\",\"version\":\"1.0\",\
    \"level\":3,\"modes\":[\"none\",\"32-bit\",\"PAE\",\"4-level\",\"5-level\"],\
    \"features\":[\"several-vcpus\",\"pcid\",\"foreign-stores\"]";

fn control(state: &Json) -> Result<Control, String> {
    let mut control = Control {
        cr0: state.address("cr0")?,
        cr3: state.address("cr3")?,
        cr4: state.address("cr4")?,
        efer: state.address("efer")?,
        pdptes: [0; 4],
    };
    if state.find("pdptes").is_some() {
        for (register, value) in control.pdptes.iter_mut().zip(state.list("pdptes")?) {
            *register = value.hex()?;
        }
    }
    Ok(control)
}

fn profile(json: &Json) -> Result<Profile, String> {
    let capabilities =
        json.find("capabilities").map_or(Ok(&[][..]), |_| json.list("capabilities"))?;
    let is =
        |name, word| matches!(json.find(name), Some(Json::Text(w) | Json::Plain(w)) if *w == word);
    Ok(Profile {
        amd: is("vendor", "amd"),
        width: json.number("physicalAddressBits", 53)? as u32,
        pse36: is("pse36", "true"),
        pages_1g: capabilities.iter().any(|c| matches!(c, Json::Text("pages-1g"))),
    })
}

fn host_range(run: &Json) -> Result<HostRange, String> {
    Ok(HostRange {
        guest_frame: run.address("guestFrame")?,
        host_frame: run.address("hostFrame")?,
        frames: run.number("frames", 1 << 40)?,
        read_only: matches!(run.find("readOnly"), Some(Json::Plain("true"))),
    })
}

fn set(request: &Json) -> Result<Set, String> {
    match request.word("set")? {
        "supervisor" => Ok(Set::Supervisor),
        "user" => Ok(Set::User),
        "supervisor-ac" => Ok(Set::SupervisorAc),
        other => Err(format!("field set: {other} is unknown")),
    }
}

fn access(event: &Json) -> Result<Access, String> {
    let kind = match event.word("access")? {
        "load" => Kind::Load,
        "store" => Kind::Store,
        "fetch" => Kind::Fetch,
        other => return Err(format!("field access: {other} is unknown")),
    };
    let pkru = event.find("pkru").map_or(Ok(0), |pkru| pkru.hex())? as u32;
    Ok(Access { address: event.address("address")?, kind, set: set(event)?, pkru })
}

fn put_words(memory: &mut Memory, request: &Json) -> Result<(), String> {
    for word in request.list("words")? {
        memory.put(word.address("address")?, word.address("value")? as u32);
    }
    Ok(())
}

fn create(request: &Json, vm: u64) -> Result<Machine, String> {
    let state = |state| Ok(Vcpu { control: control(state)?, ..Vcpu::default() });
    let mut machine = Machine {
        profile: profile(request.field("profile")?)?,
        host_map: request.list("hostMap")?.iter().map(host_range).collect::<Result<_, _>>()?,
        memory: Memory::new(vm),
        vcpus: request.list("vcpus")?.iter().map(state).collect::<Result<_, String>>()?,
    };
    put_words(&mut machine.memory, request)?;
    Ok(machine)
}

fn handle(machine: &mut Machine, vcpu: usize, event: &Json) -> Result<Answer, String> {
    let cpu = &mut machine.vcpus[vcpu];
    Ok(match event.word("event")? {
        "page-fault" => machine.page_fault(vcpu, &access(event)?),
        "invlpg" => cpu.invalidate_page(event.address("address")?),
        "invpcid" => cpu.flush("tlb-manipulation"),
        "control-write" => {
            cpu.write_control(event.word("register")?, control(event.field("after")?)?)
        }
        other => return Err(format!("field event: {other} is unknown")),
    })
}

fn put_answer(out: &mut String, answer: &Answer, vm: u64, vcpu: usize, writes: &[String]) {
    let _ = match answer.action {
        Action::Resume => write!(out, ",\"action\":\"resume\""),
        Action::DeviceAccess => write!(out, ",\"action\":\"device-access\""),
        Action::InjectPageFault { code, address } => write!(
            out,
            ",\"action\":\"inject-page-fault\",\"code\":\"{code:#x}\",\"address\":\"{address:#x}\""
        ),
    };
    let drops = answer.drops.iter().map(|drop| match drop {
        Drop::Everything => format!("{{\"drop\":\"everything\",\"vm\":{vm},\"vcpu\":{vcpu}}}"),
        Drop::Page(address) => {
            format!(
                "{{\"drop\":\"page\",\"vm\":{vm},\"vcpu\":{vcpu},\"address\":\"{address:#x}\"}}"
            )
        }
    });
    let _ = write!(
        out,
        ",\"drops\":[{}],\"report\":{{\"cause\":\"{}\",\"resync\":\"{}\"}},\"writes\":[{}]",
        drops.collect::<Vec<_>>().join(","),
        answer.cause,
        answer.resync,
        writes.join(",")
    );
}

fn put_entries(out: &mut String, cpu: &Vcpu, set: Set) {
    let shown = cpu.pages.iter().filter(|page| page.set == set).map(|page| {
        let right = |granted, letter| if granted { letter } else { '-' };
        format!(
            "{{\"page\":\"{:#x}\",\"pages\":1,\"hostFrame\":\"{:#x}\",\"rights\":\"{}{}{}\"{}}}",
            page.number,
            page.host_frame,
            right(page.rights.read, 'r'),
            right(page.rights.write, 'w'),
            right(page.rights.execute, 'x'),
            page.key.map_or(String::new(), |key| format!(",\"key\":{key}"))
        )
    });
    let _ = write!(out, ",\"entries\":[{}]", shown.collect::<Vec<_>>().join(","));
}

/// Puts the answer to one request together.
fn serve(machines: &mut Machines, request: &Json, out: &mut String) -> Result<(), String> {
    let _ = write!(out, "{{\"n\":{}", request.number("n", u64::MAX)?);
    let asked = request.word("request")?;
    if asked == "hello" {
        let _ = write!(out, ",{HELLO}");
    } else if asked == "reset" {
        machines.clear();
    } else if asked == "create" {
        let vm = request.number("vm", 16)?;
        machines.insert(vm, create(request, vm)?);
    } else if asked != "bye" {
        let vm = request.number("vm", 16)?;
        let machine = machines.get_mut(&vm).ok_or_else(|| format!("there is no machine {vm}"))?;
        let vcpus = machine.vcpus.len() as u64;
        let vcpu = || Ok::<_, String>(request.number("vcpu", vcpus)? as usize);
        match asked {
            "stores" => put_words(&mut machine.memory, request)?,
            "entries" => put_entries(out, &machine.vcpus[vcpu()?], set(request)?),
            "event" => {
                let answer = handle(machine, vcpu()?, request)?;
                let writes = std::mem::take(&mut machine.memory.writes);
                put_answer(out, &answer, vm, vcpu()?, &writes);
            }
            other => return Err(format!("field request: {other} is unknown")),
        }
    }
    out.push_str("}\n");
    Ok(())
}

/// Answers every request; answers go out before the next request is waited for.
fn converse() -> Result<(), String> {
    let mut input = BufReader::with_capacity(1 << 20, io::stdin().lock());
    let mut output = io::stdout().lock();
    let mut machines = Machines::new();
    let (mut line, mut answers) = (String::new(), String::new());
    loop {
        line.clear();
        if input.read_line(&mut line).map_err(|why| why.to_string())? == 0 {
            return Ok(());
        }
        let request = Json::read(line.trim_end_matches('\n'))?;
        serve(&mut machines, &request, &mut answers)?;
        let last = request.word("request")? == "bye";
        if last || !input.buffer().contains(&b'\n') {
            output.write_all(answers.as_bytes()).map_err(|why| why.to_string())?;
            output.flush().map_err(|why| why.to_string())?;
            answers.clear();
        }
        if last {
            return Ok(());
        }
    }
}

fn main() {
    if let Err(why) = converse() {
        eprintln!("example-rust: {why}");
        std::process::exit(1);
    }
}
