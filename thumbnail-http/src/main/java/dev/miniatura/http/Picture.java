package dev.miniatura.http;

/**
 * A thumbnail to send.
 *
 * @param bytes its bytes
 * @param mediaType its media type
 * @param rendered whether it was just made, rather than already stored
 */
record Picture(
    @SuppressWarnings("ArrayRecordComponent") byte[] bytes, String mediaType, boolean rendered) {}
