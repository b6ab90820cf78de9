//! Matrices as one page for people: self-contained, searchable, readable on paper, on a phone and by
//! a screen reader.

use std::fmt::Write as _;

use super::words::Words;
use super::{Group, flat, groups, language, path_label};
use crate::commands::Language;
use crate::domain::{Activity, Matrix, Participations, Party, Source};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// More parties than these leave no room for a letter and its word on one line.
const MAX_UNBROKEN: usize = 5;

/// The page of these matrices.
#[must_use]
pub fn write(matrices: &[&Matrix]) -> String {
    let language = matrices.first().map(|matrix| language(matrix)).unwrap_or_default();
    let words = Words::of(language);
    let title = match matrices {
        [only] => only.service.name.as_str(),
        _ => words.matrices,
    };
    let mut page = head(title, matrices.first().copied(), language);
    let _ = writeln!(page, "<header>\n<h1>{}</h1>", escaped(title));
    page.push_str(&search(words));
    page.push_str(&contents(matrices));
    page.push_str("</header>\n<main>\n");
    for matrix in matrices {
        page.push_str(&service(matrix, matrices.len() > 1));
    }
    let _ = writeln!(page, "</main>\n<script>\n{SCRIPT}</script>\n</body>\n</html>");
    page
}

fn head(title: &str, first: Option<&Matrix>, language: Language) -> String {
    let tag = first.and_then(|matrix| matrix.language.as_deref()).unwrap_or(language.tag());
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n\
         <title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n",
        escaped(tag),
        escaped(title),
    )
}

/// The search box, which shows itself once the script that it needs runs.
fn search(words: &Words) -> String {
    format!(
        "<form role=\"search\" hidden>\n<label for=\"search\">{}</label>\n\
         <input id=\"search\" type=\"search\" autocomplete=\"off\">\n\
         <output for=\"search\" data-found=\"{}\"></output>\n</form>\n",
        words.search, words.found
    )
}

/// The services, where there are several.
fn contents(matrices: &[&Matrix]) -> String {
    if matrices.len() < 2 {
        return String::new();
    }
    let items = matrices.iter().map(|matrix| {
        format!("<li><a href=\"#{}\">{}</a></li>\n", anchor(matrix), escaped(&matrix.service.name))
    });
    format!("<nav><ul>\n{}</ul></nav>\n", items.collect::<String>())
}

fn anchor(matrix: &Matrix) -> String {
    let language = matrix.language.as_deref().unwrap_or_default();
    escaped(&format!("service-{}-{language}", matrix.service.id))
}

fn service(matrix: &Matrix, named: bool) -> String {
    let words = Words::of(language(matrix));
    let lang = matrix.language.as_deref().unwrap_or(language(matrix).tag());
    let mut text = format!(
        "<section class=\"service\" id=\"{}\" lang=\"{}\">\n",
        anchor(matrix),
        escaped(lang)
    );
    if named {
        let _ = writeln!(text, "<h2>{}</h2>", escaped(&matrix.service.name));
    }
    text.push_str(&origin(&matrix.source, words));
    text.push_str(&letters(matrix, words));
    text.push_str(&table(matrix, words));
    text.push_str("</section>\n");
    text
}

/// Where the matrix was taken from.
fn origin(source: &Source, words: &Words) -> String {
    let mut text = String::new();
    if let Some(excerpt) = &source.excerpt {
        let _ = writeln!(text, "<p>{}</p>", escaped(excerpt));
    }
    let title = source.title.as_deref().or(source.url.as_deref()).map(escaped);
    let address = source.url.as_deref().filter(|url| is_address(url)).map(escaped);
    let title = match (title, address) {
        (Some(title), Some(address)) => {
            Some(format!("<a href=\"{address}\" rel=\"noreferrer\">{title}</a>"))
        }
        (title, _) => title,
    };
    let date = source.date.map(|date| format!("<time>{date}</time>"));
    let parts: Vec<String> = title.into_iter().chain(date).collect();
    if !parts.is_empty() {
        let _ = writeln!(text, "<p>{} {}</p>", words.source, parts.join(", "));
    }
    if let Some(licence) = &source.licence {
        let _ = writeln!(text, "<p>{} {}</p>", words.licence, escaped(licence));
    }
    text
}

/// Whether an address leads to a page and not to a script.
fn is_address(url: &str) -> bool {
    let start = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    start.starts_with("https://") || start.starts_with("http://")
}

/// What the letters mean, in the document's own words where it has any.
fn letters(matrix: &Matrix, words: &Words) -> String {
    let language = language(matrix);
    let items = matrix.scheme.letters().iter().map(|&(letter, participation)| {
        let word = language.participation(participation);
        let own = matrix.legend_of(participation).filter(|own| *own != word);
        let own = own.map(|own| format!(": {}", escaped(own))).unwrap_or_default();
        format!("<li>{} <span>{word}{own}</span></li>\n", badge(letter))
    });
    format!(
        "<details open>\n<summary>{}</summary>\n<ul class=\"letters\">\n{}</ul>\n</details>\n",
        words.letters,
        items.collect::<String>()
    )
}

fn badge(letter: char) -> String {
    format!("<b class=\"letter {letter}\">{letter}</b>")
}

// The roles say what the elements say already: a browser forgets it where the style makes blocks
// of them on a narrow screen.
fn table(matrix: &Matrix, words: &Words) -> String {
    let many = if matrix.parties.len() > MAX_UNBROKEN { " class=\"many\"" } else { "" };
    let mut text = format!(
        "<table{many} role=\"table\" aria-label=\"{}\">\n<thead role=\"rowgroup\">\n<tr role=\"row\">\
         <th role=\"columnheader\" scope=\"col\">{}</th>",
        escaped(&matrix.service.name),
        words.activity
    );
    for party in &matrix.parties {
        text.push_str(&column(party));
    }
    text.push_str("</tr>\n</thead>\n");
    for group in groups(matrix).iter().filter(|group| !group.activities.is_empty()) {
        text.push_str(&rows(matrix, group, words));
    }
    text.push_str("</table>\n");
    text
}

fn column(party: &Party) -> String {
    let contact =
        party.contact.as_deref().map(|contact| format!("<small>{}</small>", escaped(contact)));
    format!(
        "<th role=\"columnheader\" scope=\"col\">{}{}</th>",
        escaped(&party.name),
        contact.unwrap_or_default()
    )
}

fn rows(matrix: &Matrix, group: &Group<'_>, words: &Words) -> String {
    let mut text = String::from("<tbody role=\"rowgroup\">\n");
    if let Some(section) = group.section {
        let _ = writeln!(
            text,
            "<tr role=\"row\" class=\"section\"><th role=\"rowheader\" scope=\"rowgroup\" \
             colspan=\"{}\">{}</th></tr>",
            matrix.parties.len() + 1,
            escaped(&path_label(matrix, section))
        );
    }
    for activity in &group.activities {
        text.push_str(&row(matrix, activity, words));
    }
    text.push_str("</tbody>\n");
    text
}

fn row(matrix: &Matrix, activity: &Activity, words: &Words) -> String {
    let mut text = format!(
        "<tr role=\"row\" id=\"{}\"><th role=\"rowheader\" scope=\"row\">{}",
        escaped(activity.id.as_str()),
        escaped(&activity.name)
    );
    if !activity.aliases.is_empty() {
        let aliases = escaped(&activity.aliases.join(", "));
        let _ = write!(text, "<small>{} {aliases}</small>", words.also);
    }
    if let Some(note) = &activity.note {
        let _ = write!(text, "<small>{}</small>", escaped(note));
    }
    text.push_str("</th>");
    for (party, cell) in matrix.parties.iter().zip(&activity.assignments) {
        let _ = write!(
            text,
            "<td role=\"cell\" data-party=\"{}\">{}</td>",
            escaped(&party.name),
            self::cell(matrix, *cell, words)
        );
    }
    text.push_str("</tr>\n");
    text
}

/// A cell's letters, each with its word.
fn cell(matrix: &Matrix, cell: Participations, words: &Words) -> String {
    if cell.is_empty() {
        return format!(
            "<span class=\"none\" role=\"img\" aria-label=\"{}\">–</span>",
            words.no_role
        );
    }
    let language = language(matrix);
    let parts = cell.iter(matrix.scheme).filter_map(|participation| {
        let letter = matrix.scheme.letter(participation)?;
        Some(format!("<span>{} {}</span>", badge(letter), language.participation(participation)))
    });
    parts.collect::<Vec<_>>().join(" ")
}

/// Text that HTML shows letter by letter, in an element or an attribute.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in flat(text).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample;

    #[test]
    fn a_page_needs_nothing_but_itself_and_runs_nothing_of_the_matrix() {
        let mut matrix = sample::matrix();
        matrix.source.url = Some("javascript:alert(1)".into());
        matrix.service.name = "</title><img src=x onerror=alert(1)>".into();
        matrix.activities[0].note = Some("\" onmouseover='alert(1)'".into());
        let page = write(&[&matrix]);
        for foreign in ["src=\"", "<link", "@import", "url(", "href=\"javascript", "<img"] {
            assert!(!page.contains(foreign), "{foreign}");
        }
        assert_eq!(page.matches("<script>").count(), 1);
        assert!(page.contains("&quot; onmouseover=&#39;alert(1)&#39;"));
    }

    #[test]
    fn a_cell_says_its_letters_in_words() {
        let page = write(&[&sample::matrix()]);
        assert!(page.contains(
            "<td role=\"cell\" data-party=\"OVHcloud\">\
             <span><b class=\"letter R\">R</b> Responsible</span> \
             <span><b class=\"letter A\">A</b> Accountable</span></td>"
        ));
        assert!(page.contains("aria-label=\"no role listed\""));
        assert!(page.contains("3 Service usage › 3.1 Daily operations"));
        assert!(page.contains("R</b> <span>Responsible: Does the work"));
        assert!(page.contains("href=\"https://example.org/raci?a=1&amp;b=2\""));
        assert!(page.contains("<small>#kms-oncall</small>"));
    }

    #[test]
    fn a_page_of_several_matrices_lists_them() {
        let matrix = sample::matrix();
        let mut french = sample::matrix();
        french.language = Some("fr".into());
        let page = write(&[&matrix, &french]);
        assert!(
            page.contains("<a href=\"#service-kms-en\">")
                && page.contains("id=\"service-kms-fr\" lang=\"fr\"")
        );
        assert!(page.contains("</b> Garant"), "each matrix in its own language");
    }

    #[test]
    fn elements_are_closed_in_order() {
        let page = write(&[&sample::matrix()]);
        let body =
            page.split("<body>").nth(1).expect("a body").split("<script>").next().expect("text");
        let mut open: Vec<String> = Vec::new();
        for tag in body.split('<').skip(1) {
            let name: String =
                tag.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '/').collect();
            match name.strip_prefix('/') {
                Some(closed) => assert_eq!(open.pop().as_deref(), Some(closed)),
                None if name == "input" => {}
                None => open.push(name),
            }
        }
        assert!(open.is_empty(), "{open:?}");
    }
}
