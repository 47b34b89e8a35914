/** The sign-in doors. Secrets leave the phone only through these. */
import { askOpenly } from "../state/session.ts";
import type { Tokens } from "./wire.ts";

const knock = async (path: string, said: Record<string, string>): Promise<Tokens> =>
  (await askOpenly({ method: "POST", path, body: JSON.stringify(said) })) as Tokens;

export const signInStaff = (username: string, password: string): Promise<Tokens> =>
  knock("/auth/staff", { username, password });

export const changePassword = (username: string, password: string, newPassword: string): Promise<Tokens> =>
  knock("/auth/staff/password", { username, password, new_password: newPassword });

export const signInMember = (memberCode: string, pin: string): Promise<Tokens> =>
  knock("/auth/member", { member_code: memberCode, pin });

export const activate = (memberCode: string, code: string, pin: string): Promise<Tokens> =>
  knock("/auth/member/activation", { member_code: memberCode, code, pin });
