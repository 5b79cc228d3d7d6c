//! Numbers in order of size: a heap sort, because the standard library's would be percents of what a browser downloads.

/// Lowest first. All indices are of the slice: `at` is one, and children are only those that there are.
pub(super) fn sort(values: &mut [f64]) {
    (0..values.len() / 2).rev().for_each(|at| sift(values, at));
    for end in (1..values.len()).rev() {
        values.swap(0, end);
        sift(&mut values[..end], 0);
    }
}

/// Lets a number sink until no child is above it.
fn sift(heap: &mut [f64], mut at: usize) {
    loop {
        let children = 2 * at + 1..heap.len().min(2 * at + 3);
        let Some(child) = children.max_by(|&one, &other| heap[one].total_cmp(&heap[other])) else { return };
        if heap[at] >= heap[child] {
            return;
        }
        heap.swap(at, child);
        at = child;
    }
}
