// SPDX-License-Identifier: Apache-2.0
/// Benchmarks by JMH. Their figures, with the commands and the tools beside them, are in `docs/performance.md`.
///
/// - [EngineBenchmark]: whole requests through the engine, rules, framing and the check before release included.
/// - [HashBenchmark]: the ways to hash large content with a state that can be taken out.
///
/// `tools/benchmarks/run engine` and `run hash` build and run them; `run commands` times whole commands by
/// hyperfine.
@NullMarked
package dev.chancery.benchmarks;

import org.jspecify.annotations.NullMarked;
