//! Settings set one after the other, for structs that may get further ones.

/// Gives a struct of settings a `with_...` for each.
macro_rules! with {
    ($name:ident { $($with:ident($field:ident: $type:ty)),+ $(,)? }) => {
        impl $name {
            $(
                #[doc = concat!("With another [`", stringify!($field), "`](Self::", stringify!($field), ").")]
                #[must_use]
                pub const fn $with(self, $field: $type) -> Self {
                    Self { $field, ..self }
                }
            )+
        }
    };
}

pub(crate) use with;
