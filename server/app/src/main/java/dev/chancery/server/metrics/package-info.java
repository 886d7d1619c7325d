// SPDX-License-Identifier: Apache-2.0
/// Numbers about a running server, in the text format of Prometheus 0.0.4, without a library.
///
/// A [dev.chancery.server.metrics.Metrics] holds families: counters, gauges and histograms, each with a name,
/// a line of help and the names of its labels. A family has one series for each combination of label values
/// that was seen.
///
/// ```
/// # HELP chancery_http_requests_total Requests that were answered.
/// # TYPE chancery_http_requests_total counter
/// chancery_http_requests_total{route="sign",status="201"} 17
/// ```
///
/// Families are written in the order of their names, series in the order of their label values. A histogram
/// has a line `_bucket` for each upper bound (`le`, inclusive) with all that is at most that, one for `+Inf`,
/// and `_sum` and `_count`. In help `\` and line feed are escaped, in label values the quotation mark as
/// well.
///
/// | limit | value | why |
/// |---|---|---|
/// | series of a family | 1,000 | what comes from outside must not fill the memory: further combinations are counted
/// under `other` in every label |
/// | label value | 128 characters, then cut | a requester fits |
///
/// Names are lower-case letters, digits and `_`, beginning with a letter. A name that is taken, a wrong
/// number of label values and a counter that would go down are faults of the program
/// (`IllegalArgumentException`).
@NullMarked
package dev.chancery.server.metrics;

import org.jspecify.annotations.NullMarked;
