/* Bytes between processes, and open files along with the first of them (unix(7), SCM_RIGHTS). */
#define _GNU_SOURCE /* MSG_CMSG_CLOEXEC */
#include "base/internal.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

/* A message, and room for what goes along. */
typedef struct {
    _Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(int) * FILES_MOST)];
    struct iovec bytes;
    struct msghdr message;
} Parcel;

static struct msghdr *parcel_wrap(Parcel *parcel, void *bytes, size_t count, unsigned descriptors) {
    memset(parcel, 0, sizeof *parcel);
    parcel->bytes = (struct iovec){bytes, count};
    parcel->message = (struct msghdr){.msg_iov = &parcel->bytes, .msg_iovlen = 1};
    if (descriptors > 0) parcel->message.msg_control = parcel->control;
    if (descriptors > 0) parcel->message.msg_controllen = CMSG_SPACE(sizeof(int) * descriptors);
    return &parcel->message;
}

bool channel_send(int channel, const void *bytes, size_t count, const int *descriptors, unsigned descriptor_count) {
    for (const char *at = bytes; count > 0;) {
        Parcel parcel;
        struct msghdr *message = parcel_wrap(&parcel, (void *)(uintptr_t)at, count, descriptor_count);
        struct cmsghdr *rights = CMSG_FIRSTHDR(message);
        if (rights != NULL) {
            rights->cmsg_level = SOL_SOCKET;
            rights->cmsg_type = SCM_RIGHTS;
            rights->cmsg_len = CMSG_LEN(sizeof(int) * descriptor_count);
            memcpy(CMSG_DATA(rights), descriptors, sizeof(int) * descriptor_count);
        }
        ssize_t sent = sendmsg(channel, message, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        at += sent;
        count -= (size_t)sent;
        descriptor_count = 0;
    }
    return true;
}

bool channel_read(int channel, void *bytes, size_t count) {
    for (char *at = bytes; count > 0;) {
        ssize_t got = recv(channel, at, count, 0);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        at += got;
        count -= (size_t)got;
    }
    return true;
}

bool channel_is_closed(int channel) {
    char byte;
    ssize_t got = recv(channel, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return got == 0 || (got < 0 && errno == ECONNRESET);
}

ptrdiff_t channel_look(int channel, void *bytes, size_t count, int descriptors[FILES_MOST], unsigned *descriptor_count) {
    Parcel parcel;
    struct msghdr *message = parcel_wrap(&parcel, bytes, count, FILES_MOST);
    ssize_t got;
    do got = recvmsg(channel, message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    const struct cmsghdr *rights = got > 0 ? CMSG_FIRSTHDR(message) : NULL;
    if (rights == NULL || rights->cmsg_type != SCM_RIGHTS) return got;
    *descriptor_count = (unsigned)((rights->cmsg_len - CMSG_LEN(0)) / sizeof(int));
    memcpy(descriptors, CMSG_DATA(rights), sizeof(int) * *descriptor_count);
    return got;
}
