//! Words that say little about which activity is meant, in the languages people ask in: English,
//! French, German, Spanish, Italian, Polish. Folded as [`super::fold`] folds, sorted.

/// Whether a word only holds a sentence together, or asks who is responsible.
pub(super) fn is_filler(word: &str) -> bool {
    word.len() <= LONGEST && FILLER.binary_search(&word).is_ok()
}

/// Whether a word belongs to the chat around a question; an activity's name may hold it (`jobs`).
pub(super) fn is_chat(word: &str) -> bool {
    word.len() <= LONGEST && CHAT.binary_search(&word).is_ok()
}

/// Whether a word is so common in any responsibility matrix that it says little, however rare it
/// is in this one.
pub(super) fn is_weak(word: &str) -> bool {
    word.len() <= LONGEST && WEAK.binary_search(&word).is_ok()
}

/// No listed word is longer, in bytes.
const LONGEST: usize = 16;

/// Function words, question words, greetings, and the words for RACI's own letters.
#[rustfmt::skip]
const FILLER: &[&str] = &[
    "a", "aber", "about", "accountability", "accountable", "ad", "after", "again", "agli", "ai",
    "al", "ale", "algo", "alguien", "alguna", "alguno", "algunos", "all", "alla", "alle", "alors",
    "als", "also", "am", "an", "anche", "and", "any", "anybody", "anyone", "anything", "are",
    "aren", "as", "assigned", "at", "au", "auch", "aucun", "auf", "aus", "aussi", "autre", "aux",
    "avec", "avoir", "be", "been", "before", "bei", "beim", "being", "bin", "bis", "bitte", "bo",
    "bonjour", "both", "but", "by", "byc", "c", "can", "cannot", "cant", "ce", "ceci", "cela",
    "celle", "celui", "ces", "cet", "cette", "ceux", "chaque", "charge", "che", "chez", "chi",
    "ci", "ciao", "co", "come", "comment", "como", "con", "consulted", "cosa", "could", "couldn",
    "cual", "cuales", "cuando", "cui", "czy", "d", "da", "dai", "dal", "dalla", "dalle", "damit",
    "danke", "dans", "das", "dass", "de", "dei", "dein", "del", "della", "delle", "dem", "den",
    "denn", "der", "des", "desde", "di", "dich", "did", "didn", "die", "dies", "diese", "diesem",
    "diesen", "dieser", "dieses", "dir", "dla", "do", "doch", "does", "doesn", "doing", "dois",
    "doit", "doivent", "don", "donde", "done", "dont", "dove", "du", "durch", "duties", "duty",
    "e", "each", "ed", "ein", "eine", "einem", "einen", "einer", "eines", "either", "el", "ella",
    "ellas", "elle", "elles", "ellos", "else", "en", "encarga", "entre", "er", "era", "es", "esa",
    "ese", "eso", "essere", "est", "esta", "estan", "estar", "estas", "este", "esto", "estos",
    "et", "etre", "eu", "euch", "euer", "even", "ever", "every", "everybody", "everyone",
    "everything", "fa", "faire", "fait", "fare", "faut", "few", "font", "for", "from", "fue",
    "fur", "gdzie", "gere", "get", "gets", "getting", "gibt", "give", "gives", "gli", "go", "goes",
    "going", "gone", "got", "gracias", "grazie", "ha", "habe", "haben", "hace", "hacer", "had",
    "hallo", "hanno", "has", "hasn", "hat", "have", "haven", "having", "hay", "he", "hello",
    "help", "her", "here", "hers", "hey", "hi", "hier", "him", "his", "hola", "how", "however",
    "i", "ich", "if", "ihm", "ihn", "ihnen", "ihr", "ihre", "il", "ils", "im", "in", "inform",
    "informed", "ins", "into", "io", "is", "isn", "ist", "it", "its", "itself", "ive", "j", "ja",
    "jak", "jaki", "jakie", "je", "jede", "jeder", "jemand", "jest", "jestem", "just", "kann",
    "keeps", "kein", "keine", "kiedy", "know", "known", "knows", "konnen", "kto", "ktora", "ktore",
    "ktory", "kummert", "l", "la", "las", "le", "les", "let", "lets", "leur", "leurs", "like",
    "ll", "lo", "look", "looking", "looks", "loro", "los", "lui", "m", "ma", "macht", "made",
    "mais", "maja", "make", "makes", "mam", "man", "many", "mas", "may", "maybe", "me", "mean",
    "means", "mein", "meine", "merci", "mes", "mi", "mia", "mich", "might", "mine", "mio", "mir",
    "mis", "mit", "mnie", "moi", "moj", "mon", "more", "most", "moze", "much", "muss", "mussen",
    "must", "muy", "my", "myself", "n", "na", "nach", "nam", "nas", "nasz", "nasza", "nasze", "ne",
    "near", "need", "needed", "needs", "nei", "neither", "nel", "nella", "nelle", "never", "ni",
    "nicht", "nie", "no", "nobody", "noch", "noi", "non", "none", "nor", "nos", "nosotros",
    "nostra", "nostro", "not", "nothing", "notre", "nous", "now", "nuestra", "nuestro", "nur", "o",
    "ob", "occupa", "occupe", "od", "oder", "odpowiada", "odpowiedzialny", "of", "off", "ogni",
    "ohne", "ok", "okay", "on", "once", "one", "ones", "only", "ont", "onto", "or", "oraz",
    "other", "others", "ou", "our", "ours", "out", "over", "own", "owned", "owner", "owners",
    "owns", "par", "para", "pas", "per", "perche", "pero", "peut", "peuvent", "piu", "please",
    "pls", "plus", "plz", "po", "por", "porque", "pour", "pourquoi", "prosze", "przez", "przy",
    "puede", "pueden", "puo", "qu", "qual", "quale", "quali", "quand", "quando", "que", "quel",
    "quelle", "quelles", "quello", "quels", "questa", "queste", "questi", "questo", "qui", "quien",
    "quienes", "quite", "quoi", "raci", "rather", "re", "really", "responsable", "responsables",
    "responsibilities", "responsibility", "responsible", "right", "role", "roles", "s", "sa",
    "salut", "same", "sans", "say", "saying", "says", "se", "see", "seen", "sei", "sein", "seine",
    "ser", "sera", "ses", "shall", "she", "should", "shouldn", "si", "sich", "sie", "sin", "since",
    "sind", "so", "sobre", "soll", "sollte", "some", "somebody", "somehow", "someone", "something",
    "sometimes", "somewhere", "son", "sono", "sont", "soon", "still", "su", "sua", "such", "sue",
    "sugli", "sui", "sul", "sulla", "suo", "sur", "sure", "sus", "svp", "t", "ta", "tak", "take",
    "takes", "tal", "tam", "tambien", "te", "tego", "tej", "tell", "tells", "ten", "tes", "than",
    "thank", "thanks", "that", "thats", "the", "their", "theirs", "them", "themselves", "then",
    "there", "theres", "these", "they", "theyre", "thing", "things", "think", "this", "those",
    "though", "through", "thx", "ti", "tiene", "tienen", "to", "today", "todo", "todos",
    "together", "toi", "ton", "too", "tous", "tout", "toute", "toutes", "tra", "tu", "tua", "tuo",
    "tus", "tutti", "tutto", "tym", "uber", "um", "un", "una", "und", "under", "une", "uno",
    "unos", "uns", "unser", "unsere", "until", "up", "upon", "us", "used", "uses", "using",
    "usted", "ve", "verantwortlich", "verantwortung", "vers", "very", "vi", "via", "voi", "vom",
    "von", "vor", "vos", "vostro", "votre", "vous", "w", "wann", "want", "wanted", "wants",
    "warum", "was", "wasn", "way", "we", "weil", "weiss", "welche", "welcher", "welches", "well",
    "wem", "wen", "wenn", "wer", "werden", "were", "weren", "wessen", "what", "whatever", "whats",
    "when", "where", "wheres", "whether", "which", "while", "who", "whoever", "whole", "whom",
    "whos", "whose", "why", "wie", "will", "wir", "wird", "with", "within", "without", "wo", "won",
    "wont", "would", "wouldn", "y", "ya", "yeah", "yep", "yes", "yet", "yo", "you", "your",
    "yours", "z", "za", "zajmuje", "ze", "zu", "zum", "zur", "zustandig", "zustandigkeit",
];

/// Words of small talk around a question.
#[rustfmt::skip]
const CHAT: &[&str] = &[
    "activities", "activity", "actually", "afternoon", "answer", "answers", "anyhow", "anymore",
    "ask", "asked", "asking", "asks", "bit", "boss", "bring", "brings", "call", "called", "cause",
    "chat", "check", "checks", "chief", "column", "cool", "currently", "deal", "deals", "dear",
    "decide", "decides", "evening", "find", "finds", "folks", "form", "found", "gonna", "gotta",
    "guess", "guys", "handle", "handled", "handles", "handling", "happen", "happened", "happening",
    "happens", "hear", "idea", "issue", "issues", "item", "items", "job", "jobs", "kind", "latest",
    "lead", "left", "little", "long", "lot", "lots", "matrix", "matter", "month", "morning", "new",
    "next", "old", "part", "parts", "people", "person", "place", "point", "possible", "problem",
    "problems", "question", "questions", "quick", "quickly", "remember", "report", "row", "sec",
    "second", "section", "sections", "show", "side", "signs", "sir", "sort", "start", "started",
    "starts", "stuff", "suppose", "supposed", "talk", "talking", "task", "tasks", "team",
    "teammate", "teams", "time", "times", "tomorrow", "tonight", "topic", "touch", "tried", "try",
    "trying", "turn", "type", "types", "understand", "urgent", "usually", "wait", "week",
    "weekend", "wonder", "wondering", "work", "working", "works", "worry", "year", "yesterday",
];

/// Verbs and nouns of every responsibility matrix.
#[rustfmt::skip]
const WEAK: &[&str] = &[
    "administrate", "administrating", "apply", "betrieb", "carry", "conduct", "coordinate",
    "dienst", "ensure", "execute", "follow", "following", "gerer", "gestion", "gestionar",
    "gestione", "gestire", "implement", "manage", "managed", "management", "manages", "managing",
    "operate", "operation", "operations", "organise", "organize", "perform", "performing", "plan",
    "planning", "procedure", "procedures", "process", "processes", "provide", "provided",
    "provides", "realise", "realize", "request", "requests", "service", "services", "servicio",
    "servicios", "servizio", "set", "setup", "support", "supporting", "system", "systems",
    "verwalten", "verwaltung",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_folded_and_apart() {
        for list in [FILLER, CHAT, WEAK] {
            assert!(list.is_sorted_by(|a, b| a < b));
            assert!(list.iter().all(|word| word.len() <= LONGEST));
            assert!(list.iter().all(|word| word.bytes().all(|b| b.is_ascii_lowercase())));
        }
        assert!(!CHAT.iter().any(|word| is_filler(word)));
    }
}
