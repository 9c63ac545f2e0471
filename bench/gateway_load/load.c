/* Load on one server: a fixed number of POST requests over some connections, each connection waiting for its answer.
 *
 *     load PORT PATH BODIES CONNECTIONS REQUESTS SECONDS FIRST
 *
 * BODIES holds one request body a line; they are sent in order, and from the beginning again. It ends after REQUESTS, or
 * after SECONDS where the server is slow. One thread, epoll; prints JSON: requests answered, seconds, the seconds until
 * FIRST of them were answered (null where they were not), bytes, p50 and p99 in ms, and how many answers were bad: not
 * 200, or not beginning with data. An answer must carry Content-Length. A connection that the server closes between two
 * answers, as idle, is opened anew; the time counts.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { ROOM = 4 << 20, MOST_BODIES = 1 << 20 };

struct connection {
    int fd;
    char *answer;
    size_t which, have, need; /* need is 0 until the head of the answer is complete */
    double sent;
};

static struct sockaddr_in server = {.sin_family = AF_INET};
static int poll;
static char *requests[MOST_BODIES];
static size_t lengths[MOST_BODIES], bodies, bytes, bad;
static long sent, answered, wanted, first;
static double *took, began, first_seconds = -1;

static void die(const char *why) {
    fprintf(stderr, "load: %s\n", why);
    exit(1);
}

static double now(void) {
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return at.tv_sec + at.tv_nsec * 1e-9;
}

static void read_bodies(const char *file, const char *path) {
    FILE *lines = fopen(file, "r");
    char *line = NULL;
    size_t room = 0;
    ssize_t length;
    if (!lines) die("cannot read the bodies");
    while ((length = getline(&line, &room, lines)) > 0 && bodies < MOST_BODIES) {
        if (line[length - 1] == '\n') line[--length] = 0;
        int whole = asprintf(&requests[bodies],
                             "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                             "Accept: application/json\r\nContent-Length: %zd\r\n\r\n%s",
                             path, length, line);
        if (whole < 0) die("no memory");
        lengths[bodies++] = (size_t)whole;
    }
    if (!bodies) die("there are no bodies");
    fclose(lines);
}

static void connect_anew(struct connection *to) {
    int on = 1;
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = to};
    if (to->fd) close(to->fd);
    to->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(to->fd, (const struct sockaddr *)&server, sizeof server)) die("cannot connect");
    setsockopt(to->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    epoll_ctl(poll, EPOLL_CTL_ADD, to->fd, &event);
}

static void send_request(struct connection *to) {
    const char *request = requests[to->which];
    size_t left = lengths[to->which];
    while (left) {
        ssize_t wrote = send(to->fd, request, left, MSG_NOSIGNAL);
        if (wrote <= 0) {
            connect_anew(to);
            send_request(to);
            return;
        }
        request += wrote;
        left -= (size_t)wrote;
    }
}

static void send_next(struct connection *to) {
    to->which = (size_t)(sent++) % bodies;
    to->have = to->need = 0;
    to->sent = now();
    send_request(to);
}

/* What the head of an answer says: how long the whole will be, and whether it is a good one. */
static void read_head(struct connection *from) {
    char *end = memmem(from->answer, from->have, "\r\n\r\n", 4);
    if (!end) return;
    *end = 0;
    char *length = strcasestr(from->answer, "\r\ncontent-length:");
    if (!length) die("an answer without Content-Length");
    if (strncmp(from->answer, "HTTP/1.1 200 ", 13)) bad++;
    from->need = (size_t)(end + 4 - from->answer) + strtoul(length + 17, NULL, 10);
    if (from->need > ROOM) die("an answer that is too long");
}

/* True once an answer is whole. */
static int receive(struct connection *from) {
    ssize_t got = recv(from->fd, from->answer + from->have, ROOM - from->have, 0);
    if (got <= 0) {
        if (from->have) die("the server closed a connection within an answer");
        connect_anew(from);
        send_request(from);
        return 0;
    }
    from->have += (size_t)got;
    if (!from->need) read_head(from);
    if (!from->need || from->have < from->need) return 0;
    const char *body = from->answer + strlen(from->answer) + 4;
    if (strncmp(body, "{\"data\":{", 9)) bad++;
    bytes += from->need;
    took[answered++] = now() - from->sent;
    if (answered == first) first_seconds = now() - began;
    return 1;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void run(int connections, double limit) {
    int open = connections;
    struct connection *all = calloc((size_t)connections, sizeof *all);
    struct epoll_event events[64];
    poll = epoll_create1(0);
    for (int at = 0; at < connections; at++) {
        all[at].answer = malloc(ROOM + 1);
        connect_anew(&all[at]);
    }
    began = now();
    for (int at = 0; at < connections; at++) send_next(&all[at]);
    while (open) {
        int ready = epoll_wait(poll, events, 64, 30000);
        if (ready <= 0) die("no answer for 30 seconds");
        for (int at = 0; at < ready; at++) {
            struct connection *each = events[at].data.ptr;
            if (!receive(each)) continue;
            if (sent < wanted && now() - began < limit) {
                send_next(each);
            } else {
                close(each->fd);
                open--;
            }
        }
    }
}

int main(int count, char **given) {
    if (count != 8) die("PORT PATH BODIES CONNECTIONS REQUESTS SECONDS FIRST");
    server.sin_port = htons((unsigned short)atoi(given[1]));
    server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    read_bodies(given[3], given[2]);
    int connections = atoi(given[4]);
    wanted = atol(given[5]);
    first = atol(given[7]);
    if (wanted < connections) die("fewer requests than connections");
    took = calloc((size_t)wanted, sizeof *took);
    run(connections, atof(given[6]));
    double seconds = now() - began;
    qsort(took, (size_t)answered, sizeof *took, ascending);
    printf("{\"requests\": %ld, \"seconds\": %.6f, \"first_seconds\": ", answered, seconds);
    if (first_seconds < 0) printf("null");
    else printf("%.6f", first_seconds);
    printf(", \"bytes\": %zu, \"bad\": %zu, \"p50_ms\": %.3f, \"p99_ms\": %.3f}\n", bytes, bad,
           took[answered / 2] * 1e3, took[answered * 99 / 100] * 1e3);
    return 0;
}
