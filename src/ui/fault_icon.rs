//! The icon that stands for a picture's fault, wherever that is told.

use super::icons;
use crate::model::PictureFault;

pub(crate) fn fault_icon(fault: &PictureFault) -> &'static str {
    match fault {
        PictureFault::Off
        | PictureFault::NotAllowed { .. }
        | PictureFault::Denied { .. }
        | PictureFault::Private { .. } => icons::EYE_SLASH,
        PictureFault::Forbidden { .. } => icons::PROHIBIT,
        PictureFault::Expired { .. } | PictureFault::TooSlow { .. } => icons::CLOCK,
        PictureFault::Network { .. } => icons::WARNING,
        _ => icons::IMAGE_BROKEN,
    }
}
