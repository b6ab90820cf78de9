//! A form of several parts, as Discord takes a message with files, and what it refuses in one.

use serde_json::Value;

use super::limits::Faults;

/// The largest file that a message may carry.
const LARGEST_FILE: usize = 10 << 20;
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// A part: its header lines in lower case, and what is in it.
type Part<'a> = (String, &'a [u8]);

/// The message of a form, and what is wrong with its files.
pub(crate) fn message(content_type: &str, body: &[u8]) -> (Value, Faults) {
    let mut faults = Faults::new();
    let Some((_, boundary)) = content_type.split_once("boundary=") else {
        faults.push("form: no boundary".to_owned());
        return (Value::Null, faults);
    };
    let parts = parts(body, boundary, &mut faults);
    let named = |name: &str| {
        let name = format!("name=\"{name}\"");
        parts.iter().find(|(head, _)| head.contains(&name))
    };
    let message = named("payload_json").and_then(|(_, json)| serde_json::from_slice(json).ok());
    let Some(message) = message else {
        faults.push("form: `payload_json` is missing".to_owned());
        return (Value::Null, faults);
    };
    let message: Value = message;
    let listed = message["data"]["attachments"].as_array().map_or(&[][..], Vec::as_slice);
    if listed.len() + 1 != parts.len() {
        faults.push(format!("form: {} files listed, {} sent", listed.len(), parts.len() - 1));
    }
    for file in listed {
        check(file, named(&format!("files[{}]", file["id"])), &mut faults);
    }
    (message, faults)
}

fn check(listed: &Value, sent: Option<&Part<'_>>, faults: &mut Faults) {
    let name = listed["filename"].as_str().unwrap_or_default();
    let description = listed["description"].as_str().unwrap_or_default();
    if !(1..=1024).contains(&description.chars().count()) {
        faults.push(format!("attachment {name}: a description of 1 to 1024 characters"));
    }
    let Some((head, contents)) = sent else {
        faults.push(format!("attachment {name}: no such file was sent"));
        return;
    };
    if !head.contains(&format!("filename=\"{name}\"")) {
        faults.push(format!("attachment {name}: the file is called otherwise: {head}"));
    }
    if contents.len() > LARGEST_FILE {
        faults.push(format!("attachment {name}: the file is too large"));
    }
    if head.contains("image/png") && !contents.starts_with(PNG) {
        faults.push(format!("attachment {name}: the file is no PNG"));
    }
}

fn parts<'a>(body: &'a [u8], boundary: &str, faults: &mut Faults) -> Vec<Part<'a>> {
    let dashes = format!("--{boundary}");
    let ends: Vec<usize> = find_all(body, dashes.as_bytes());
    if !body.ends_with(format!("{dashes}--\r\n").as_bytes()) {
        faults.push("form: it does not end".to_owned());
    }
    let between = ends.windows(2).map(|pair| &body[pair[0] + dashes.len()..pair[1]]);
    let part = |bytes: &'a [u8]| {
        let bytes = bytes.strip_prefix(b"\r\n")?.strip_suffix(b"\r\n")?;
        let head = *find_all(bytes, b"\r\n\r\n").first()?;
        let lines = String::from_utf8_lossy(&bytes[..head]).to_lowercase();
        Some((lines, &bytes[head + 4..]))
    };
    let parts: Vec<Option<Part<'_>>> = between.map(part).collect();
    if parts.iter().any(Option::is_none) {
        faults.push("form: a part that cannot be read".to_owned());
    }
    parts.into_iter().flatten().collect()
}

fn find_all(body: &[u8], wanted: &[u8]) -> Vec<usize> {
    let places = body.windows(wanted.len()).enumerate();
    places.filter(|(_, window)| *window == wanted).map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "--b\r\nContent-Disposition: form-data; name=\"payload_json\"\r\n\r\n";

    fn faults(listed: &str, file: &str) -> Faults {
        let json = format!("{{\"data\":{{\"attachments\":[{listed}]}}}}");
        let form = format!("{HEAD}{json}\r\n{file}--b--\r\n");
        message("multipart/form-data; boundary=b", form.as_bytes()).1
    }

    #[test]
    fn files_must_be_listed_described_and_what_they_say() {
        let file = |name: &str, contents: &str| {
            format!(
                "--b\r\nContent-Disposition: form-data; name=\"files[0]\"; filename=\"{name}\"\r\nContent-Type: image/png\r\n\r\n{contents}\r\n"
            )
        };
        let listed = r#"{"id":0,"filename":"a.png","description":"d"}"#;
        assert_eq!(faults("", ""), [""; 0]);
        assert_eq!(faults(listed, &file("a.png", "x")), ["attachment a.png: the file is no PNG"]);
        assert_eq!(faults(listed, "").len(), 2);
        assert_eq!(faults("", &file("a.png", "x")), ["form: 0 files listed, 1 sent"]);
        assert!(faults(listed, &file("b.png", "x"))[0].contains("is called otherwise"));
        let undescribed = r#"{"id":0,"filename":"a.png"}"#;
        assert!(faults(undescribed, &file("a.png", "x"))[0].contains("a description"));
        assert_eq!(message("multipart/form-data", b"").1, ["form: no boundary"]);
        let unended = message("multipart/form-data; boundary=b", HEAD.as_bytes()).1;
        assert_eq!(unended[0], "form: it does not end");
    }
}
