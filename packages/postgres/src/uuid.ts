/**
 * Which ids can be a party's or a quiz's at all: they reach us as anybody's text, and Postgres refuses to compare a
 * UUID with anything else.
 */

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const isUuid = (text: string): boolean => UUID.test(text);
