import { useEffect, useState } from "preact/hooks";

import { say } from "../state/language.ts";
import { useLook } from "../state/looking.ts";
import { passbook } from "../words/index.ts";

/** A member's face, in the memory only and only while it is looked at; nothing where she has no photo. */
export function Portrait({ look, name }: { look: () => Promise<Blob | null>; name: string }) {
  const { seen } = useLook(look, name);
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    const made = seen === null ? null : URL.createObjectURL(seen);
    setAddress(made);
    return () => {
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [seen]);
  if (address === null) return null;
  return <img class="portrait" src={address} alt={say(passbook.photoOf, { name })} width={72} height={90} />;
}
