//! A message with a file, as a form of several parts (RFC 7578): what Discord wants of files.

use std::sync::Arc;

use bytes::Bytes;
use serde_json::{Value, json};

/// The longest description of a file that Discord takes, in characters.
const MAX_DESCRIPTION: usize = 1_024;

/// A file that goes with a message.
#[derive(Clone, Debug)]
pub struct Attachment {
    /// Its name: ASCII letters, digits, `-` and `.`.
    pub name: String,
    /// Its media type.
    pub media: &'static str,
    /// What it shows, for those who do not see it.
    pub description: String,
    /// What is in it.
    pub contents: Arc<[u8]>,
}

/// The body of a response with a file, and the content type that says how it is divided.
pub(super) fn form(response: &Value, file: &Attachment) -> (String, Bytes) {
    let description: String = file.description.chars().take(MAX_DESCRIPTION).collect();
    let mut response = response.clone();
    response["data"]["attachments"] =
        json!([{ "id": 0, "filename": file.name, "description": description }]);
    let response = response.to_string();
    let boundary = boundary(&[response.as_bytes(), &file.contents]);
    let file_head = format!(
        "Content-Disposition: form-data; name=\"files[0]\"; filename=\"{}\"\r\nContent-Type: {}",
        file.name, file.media
    );
    let parts: [(&str, &[u8]); 2] = [
        (
            "Content-Disposition: form-data; name=\"payload_json\"\r\nContent-Type: application/json",
            response.as_bytes(),
        ),
        (&file_head, &file.contents),
    ];
    let mut body = Vec::with_capacity(file.contents.len() + response.len() + 512);
    for (head, contents) in parts {
        body.extend_from_slice(format!("--{boundary}\r\n{head}\r\n\r\n").as_bytes());
        body.extend_from_slice(contents);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={boundary}"), body.into())
}

/// A line that stands in none of the contents.
fn boundary(contents: &[&[u8]]) -> String {
    let mut boundary = String::from("raci-bot");
    while contents.iter().any(|part| part.windows(boundary.len()).any(|w| w == boundary.as_bytes()))
    {
        boundary.push('-');
    }
    boundary
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_holds_the_response_and_the_file() {
        let file = Attachment {
            name: "kms.png".into(),
            media: "image/png",
            description: "é".repeat(2_000),
            contents: b"raci-bot\r\n--".to_vec().into(),
        };
        let (media, body) = form(&json!({ "type": 4, "data": { "content": "c" } }), &file);
        assert_eq!(media, "multipart/form-data; boundary=raci-bot-");
        let text = String::from_utf8(body.to_vec()).expect("text");
        let description = "é".repeat(MAX_DESCRIPTION);
        assert_eq!(
            text,
            format!(
                "--raci-bot-\r\n\
                 Content-Disposition: form-data; name=\"payload_json\"\r\n\
                 Content-Type: application/json\r\n\r\n\
                 {{\"data\":{{\"attachments\":[{{\"description\":\"{description}\",\
                 \"filename\":\"kms.png\",\"id\":0}}],\"content\":\"c\"}},\"type\":4}}\r\n\
                 --raci-bot-\r\n\
                 Content-Disposition: form-data; name=\"files[0]\"; filename=\"kms.png\"\r\n\
                 Content-Type: image/png\r\n\r\n\
                 raci-bot\r\n--\r\n\
                 --raci-bot---\r\n"
            )
        );
    }
}
