//! Buttons and the menu under a message.

use std::collections::BTreeSet;

use reqwest::Url;
use serenity::builder::{
    CreateActionRow, CreateButton, CreateSelectMenu, CreateSelectMenuKind, CreateSelectMenuOption,
};
use serenity::model::application::ButtonStyle;

use super::label;
use crate::adapters::discord::custom_id::{MENU, encode};
use crate::commands::reply::Menu;
use crate::commands::{Command, Language, Reply};

const MAX_BUTTON: usize = 80;
const MAX_OPTION: usize = 100;
const MAX_PLACEHOLDER: usize = 150;
const MAX_URL: usize = 512;
/// Buttons in a row, and how many we show: two rows, so that a menu has room.
const BUTTONS_IN_ROW: usize = 5;
const MAX_BUTTONS: usize = 10;

/// The rows under a reply's message: buttons first, then the menu.
pub(super) fn rows(reply: &Reply, language: Language) -> Vec<CreateActionRow> {
    let mut seen = BTreeSet::new();
    let source = reply.source.as_deref().and_then(|url| link(url, language));
    let pressed = reply.buttons.iter().filter_map(|button| {
        let text = label(&button.label, MAX_BUTTON)?;
        let id = encode(&button.command);
        let style = match button.command {
            Command::Share { .. } => ButtonStyle::Primary,
            _ => ButtonStyle::Secondary,
        };
        seen.insert(id.clone())
            .then(|| CreateButton::new(id).label(text).style(style).disabled(!button.enabled))
    });
    let buttons: Vec<CreateButton> = source.into_iter().chain(pressed).take(MAX_BUTTONS).collect();
    let rows = buttons.chunks(BUTTONS_IN_ROW).map(|row| CreateActionRow::Buttons(row.to_vec()));
    let menus = (1..).zip(&reply.menus).filter_map(|(number, choices)| menu(number, choices));
    rows.chain(menus.take(Menu::MOST).map(CreateActionRow::SelectMenu)).collect()
}

fn link(url: &str, language: Language) -> Option<CreateButton> {
    let url = Url::parse(url).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    // Parsed and written again: escaped where that is needed.
    let url = String::from(url);
    (url.len() <= MAX_URL).then(|| CreateButton::new_link(url).label(language.open_source()))
}

fn menu(number: usize, menu: &Menu) -> Option<CreateSelectMenu> {
    let mut seen = BTreeSet::new();
    let options = menu.choices.iter().filter_map(|choice| {
        let value = encode(&choice.command);
        let option = CreateSelectMenuOption::new(label(&choice.label, MAX_OPTION)?, value.clone());
        let option = match label(&choice.detail, MAX_OPTION) {
            Some(detail) => option.description(detail),
            None => option,
        };
        // Discord refuses a menu in which two choices are the same.
        seen.insert(value).then_some(option)
    });
    let options: Vec<CreateSelectMenuOption> = options.take(Menu::MAX).collect();
    if options.is_empty() {
        return None;
    }
    // Only unique in the message: the choices carry the commands.
    let id = if number == 1 { MENU.to_owned() } else { format!("{MENU}{number}") };
    let select = CreateSelectMenu::new(id, CreateSelectMenuKind::String { options });
    Some(match label(&menu.label, MAX_PLACEHOLDER) {
        Some(text) => select.placeholder(text),
        None => select,
    })
}
