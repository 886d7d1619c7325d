// SPDX-License-Identifier: Apache-2.0
/// Requests that may be made again: one Idempotency-Key, one signature, one entry of the log.
///
/// A server begins a request ([Requests#begin]) before it asks for signatures, and answers it by appending
/// its outcomes to the ledger, in the transaction of the entries. So an answer without its entries, or
/// entries without the answer, cannot be.
///
/// Who begins gets a [Claim], the number of his attempt. The claim lapses when nothing comes of it within
/// [Requests#LEASE] and somebody else begins the same request; or at once, when the server of that [Instance]
/// has begun requests after a restart. It does not renew itself: a server that is alive renews what takes
/// longer ([Requests#renew]). Time decides only when a request may be begun again. That it is answered once
/// is up to the attempt: a claim that has lapsed can append nothing.
///
/// Answers are kept for [Requests#RETENTION] at least.
@NullMarked
package dev.chancery.store.request;

import org.jspecify.annotations.NullMarked;
