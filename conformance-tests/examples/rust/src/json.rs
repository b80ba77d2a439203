//! A line of JSON as a tree, and the forms of values that the protocol has.

pub enum Json<'a> {
    Object(Vec<(&'a str, Json<'a>)>),
    List(Vec<Json<'a>>),
    /// A text as it stands between its quotes.
    Text(&'a str),
    /// A number, `true`, `false` or `null`, as it stands.
    Plain(&'a str),
}

impl<'a> Json<'a> {
    /// Reads a line that is one value, or says what is wrong with it.
    pub fn read(line: &'a str) -> Result<Json<'a>, String> {
        let mut reader = Reader { line, at: 0 };
        let value = reader.value(0)?;
        match reader.peek() {
            None => Ok(value),
            Some(_) => Err(reader.wrong("something follows the value")),
        }
    }

    pub fn find(&self, name: &str) -> Option<&Json<'a>> {
        match self {
            Json::Object(fields) => fields.iter().find(|(field, _)| *field == name).map(|f| &f.1),
            _ => None,
        }
    }

    pub fn field(&self, name: &str) -> Result<&Json<'a>, String> {
        self.find(name).ok_or_else(|| format!("field {name} is missing"))
    }

    pub fn list(&self, name: &str) -> Result<&[Json<'a>], String> {
        match self.field(name)? {
            Json::List(values) => Ok(values),
            _ => Err(format!("field {name} is no array")),
        }
    }

    pub fn text(&self) -> Result<&'a str, String> {
        match self {
            Json::Text(text) => Ok(text),
            _ => Err("a text is missing".to_string()),
        }
    }

    pub fn word(&self, name: &str) -> Result<&'a str, String> {
        self.field(name)?.text().map_err(|_| format!("field {name} is no text"))
    }

    /// A text of `0x` and 1 to 16 hexadecimal digits.
    pub fn hex(&self) -> Result<u64, String> {
        let text = self.text()?;
        text.strip_prefix("0x")
            .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
            .and_then(|digits| u64::from_str_radix(digits, 16).ok())
            .ok_or_else(|| format!("{text} is not 0x and 1 to 16 digits"))
    }

    pub fn address(&self, name: &str) -> Result<u64, String> {
        self.field(name)?.hex().map_err(|why| format!("field {name}: {why}"))
    }

    /// A plain whole number below a limit.
    pub fn number(&self, name: &str, limit: u64) -> Result<u64, String> {
        let number = match self.field(name)? {
            Json::Plain(digits) => digits.parse().ok(),
            _ => None,
        };
        let fits = number.filter(|&number| number < limit);
        fits.ok_or_else(|| format!("field {name} is no whole number below {limit}"))
    }
}

struct Reader<'a> {
    line: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn wrong(&self, what: &str) -> String {
        format!("no JSON after {} bytes: {what}", self.at)
    }

    /// The next byte that is no space.
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.line.as_bytes();
        while matches!(bytes.get(self.at), Some(b' ' | b'\t' | b'\r')) {
            self.at += 1;
        }
        bytes.get(self.at).copied()
    }

    /// Passes over a byte that must come now.
    fn take(&mut self, wanted: u8) -> Result<(), String> {
        if self.peek() != Some(wanted) {
            return Err(self.wrong(&format!("{} is missing", wanted as char)));
        }
        self.at += 1;
        Ok(())
    }

    fn text(&mut self) -> Result<&'a str, String> {
        self.take(b'"')?;
        let start = self.at;
        loop {
            match self.line.as_bytes().get(self.at) {
                Some(b'"') => break,
                Some(b'\\') => self.at += 2,
                Some(b' '..) => self.at += 1,
                _ => return Err(self.wrong("a text does not end")),
            }
        }
        self.at += 1;
        Ok(&self.line[start..self.at - 1])
    }

    /// What is between brackets, the elements separated by commas.
    fn elements(
        &mut self,
        end: u8,
        mut element: impl FnMut(&mut Self) -> Result<(), String>,
    ) -> Result<(), String> {
        self.at += 1;
        if self.peek() != Some(end) {
            element(self)?;
            while self.peek() == Some(b',') {
                self.at += 1;
                element(self)?;
            }
        }
        self.take(end)
    }

    fn value(&mut self, depth: u32) -> Result<Json<'a>, String> {
        match self.peek() {
            _ if depth > 32 => Err(self.wrong("too many levels")),
            Some(b'{') => {
                let mut fields = Vec::new();
                self.elements(b'}', |reader| {
                    let name = reader.text()?;
                    reader.take(b':')?;
                    fields.push((name, reader.value(depth + 1)?));
                    Ok(())
                })?;
                Ok(Json::Object(fields))
            }
            Some(b'[') => {
                let mut values = Vec::new();
                self.elements(b']', |reader| {
                    values.push(reader.value(depth + 1)?);
                    Ok(())
                })?;
                Ok(Json::List(values))
            }
            Some(b'"') => Ok(Json::Text(self.text()?)),
            _ => {
                let rest = &self.line[self.at..];
                let plain = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
                let length = rest.find(|c| !plain(c)).unwrap_or(rest.len());
                self.at += length;
                match length {
                    0 => Err(self.wrong("a value is missing")),
                    _ => Ok(Json::Plain(&rest[..length])),
                }
            }
        }
    }
}
