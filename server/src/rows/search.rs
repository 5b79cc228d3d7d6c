//! Text as it is searched: whoever looks for "stirbu" finds "Știrbu".

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::model::PatientMark;

/// What a search for a recording looks at: the name of its file and the patient.
pub(super) fn text(file_name: &str, patient: Option<&PatientMark>) -> String {
    let label = patient.and_then(|patient| patient.label.as_deref()).unwrap_or_default();
    folded(&format!("{file_name} {label}"))
}

/// Lower case, without diacritics, without white space at the ends.
pub(super) fn folded(text: &str) -> String {
    let letters = text.nfkd().filter(|letter| !is_combining_mark(*letter));
    letters.flat_map(char::to_lowercase).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::PatientId;
    use crate::rows::Links;

    #[test]
    fn diacritics_and_case_do_not_matter() {
        assert_eq!(folded(" Ștefan ÎNĂLȚĂ Müller\u{301} \u{15e} "), "stefan inalta muller s");
    }

    #[test]
    fn file_and_patient_are_found() {
        let patient = PatientMark {
            id: PatientId::parse("p").unwrap(),
            label: Some("P17 Știrbu".into()),
            links: Links::default(),
        };
        assert_eq!(text("Checkme O2.csv", Some(&patient)), "checkme o2.csv p17 stirbu");
        assert_eq!(text("A.csv", None), "a.csv");
    }
}
