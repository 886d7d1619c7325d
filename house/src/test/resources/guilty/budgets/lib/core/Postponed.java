// SPDX-License-Identifier: Apache-2.0
class Postponed {}
// TODO later
// TODO #12 later
// FIXME (#1)
