/* --shard K/N: the K-th of N shares of the inputs, for one of many machines that are given the same list.
 *
 * A name's share depends on the name and on N alone, so every machine finds its own without asking, and a list that grows or shrinks moves no
 * document to another. Where things are written is planned for the whole list: a share's files are named as if all were made, and what
 * cannot be made together is refused in every share. But only the share's own files are looked at: lists are long, and file systems that many
 * machines share are slow.
 */
#include "cmd/plan.h"

#define SHARES_MOST 1000000

/* FNV-1a leaves names that differ in little alike in their last bits; MurmurHash3's finaliser spreads them. */
static uint64_t hash_spread(uint64_t hash) {
    hash = (hash ^ hash >> 33) * 0xff51afd7ed558ccdull;
    hash = (hash ^ hash >> 33) * 0xc4ceb9fe1a85ec53ull;
    return hash ^ hash >> 33;
}

uint32_t shard_of(Str name, uint32_t shares) { return (uint32_t)(hash_spread(str_hash(name, STR_HASH_SEED)) % shares) + 1; }

/* Digits up to `end`; 0 when there are none, or something else, or more than SHARES_MOST. */
static uint32_t share_read(Str value, size_t from, size_t end) {
    uint32_t number = 0;
    for (size_t i = from; i < end; i++) {
        if (!char_is_digit(value.p[i])) return 0;
        number = number * 10 + (uint32_t)(value.p[i] - '0');
        if (number > SHARES_MOST) return 0;
    }
    return number;
}

bool shard_mark(Invocation *invocation, Plan *plan) {
    if (!option_given(invocation, "shard")) return true;
    Str value = option_value(invocation, "shard");
    size_t slash = 0;
    while (slash < value.n && value.p[slash] != '/') slash++;
    uint32_t share = share_read(value, 0, slash), shares = share_read(value, slash + 1, value.n);
    if (share == 0 || share > shares)
        return usage_wrong(invocation, "write K/N for the K-th of N shares, from 1/N to N/N; there may be a million",
            "“" STR_FMT "” is no share", STR_ARG(value));
    for (uint32_t i = 0; i < plan->count; i++) plan->products[i].elsewhere = shard_of(plan->products[i].input, shares) != share;
    return true;
}

void shard_keep(Invocation *invocation, Plan *plan) {
    uint32_t all = plan->count;
    plan->count = 0;
    for (uint32_t i = 0; i < all; i++)
        if (!plan->products[i].elsewhere) plan->products[plan->count++] = plan->products[i];
    if (plan->count == 0 && all > 0)
        diag(&invocation->diags, DIAG_NOTE, "shard-empty", (Place){0}, NULL,
            "share " STR_FMT " has none of the documents: nothing is made", STR_ARG(option_value(invocation, "shard")));
}
