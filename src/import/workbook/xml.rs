//! What workbooks need of XML: elements by their local names, attributes, texts.

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

/// A document, read element by element.
pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
}

/// A piece of a document. An element without content is a start and an end.
pub(super) enum Piece<'a> {
    Start(Element<'a>),
    /// The local name of an element that ends.
    End(String),
    Text(String),
}

/// The start of an element.
pub(super) struct Element<'a>(BytesStart<'a>);

impl<'a> Xml<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader }
    }

    /// The next piece; none at the end.
    pub(super) fn next(&mut self) -> Result<Option<Piece<'a>>, String> {
        loop {
            let event = self.reader.read_event().map_err(|error| error.to_string());
            let piece = match event.map_err(|error| format!("a part is damaged: {error}"))? {
                Event::Start(start) => Piece::Start(Element(start)),
                Event::End(end) => Piece::End(end.local_name().as_ref().to_owned()),
                Event::Text(text) => Piece::Text(text.xml10_content().into_owned()),
                Event::CData(text) => Piece::Text(text.xml10_content().into_owned()),
                // Ours, and no others: an entity that a document defines may grow without bound.
                Event::GeneralRef(entity) => {
                    let character = entity.resolve_char_ref().ok().flatten();
                    let known = resolve_xml_entity(entity.as_ref()).map(str::to_owned);
                    Piece::Text(known.or(character.map(String::from)).unwrap_or_default())
                }
                Event::Eof => return Ok(None),
                _ => continue,
            };
            return Ok(Some(piece));
        }
    }

    /// Skips what is inside the element that has just started, and its end.
    pub(super) fn skip(&mut self) -> Result<(), String> {
        let mut depth = 1_usize;
        while depth > 0 {
            match self.next()? {
                Some(Piece::Start(_)) => depth += 1,
                Some(Piece::End(_)) => depth -= 1,
                Some(Piece::Text(_)) => {}
                None => return Ok(()),
            }
        }
        Ok(())
    }
}

impl Element<'_> {
    /// The name without the prefix of its namespace.
    pub(super) fn name(&self) -> String {
        self.0.local_name().as_ref().to_owned()
    }

    /// The attribute of this local name.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let is_it = |attribute: &Attribute<'_>| attribute.key.local_name().as_ref() == name;
        let mut attributes = self.0.attributes();
        let found = attributes.with_checks(false).flatten().find(is_it)?;
        let value = found.normalized_value(XmlVersion::Implicit1_0).ok()?;
        Some(value.into_owned())
    }

    /// The attribute of this local name as a number, where it is one.
    pub(super) fn number(&self, name: &str) -> Option<usize> {
        self.attribute(name)?.trim().parse().ok()
    }
}
