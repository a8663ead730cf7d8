import { moneyTones, pine } from "@jobsphere/tokens";
import { Canvas, useFrame } from "@react-three/fiber";
import { useEffect, useRef } from "react";
import {
  CatmullRomCurve3,
  Color,
  type Group,
  type InstancedMesh,
  type MeshStandardMaterial,
  Object3D,
  TubeGeometry,
  Vector3,
} from "three";
import { COINS, type Moment, moment } from "./story";

interface Scene3dProps {
  running: boolean;
  dark: boolean;
  /** Once something was drawn: the still image may go. */
  onDrawn: () => void;
  onScene: (scene: Moment["scene"]) => void;
}

const CARD = new Vector3(-2.6, 1.75, 0.2);
const SAFE = new Vector3(0, 0.12, 0.35);
const HOUSE = new Vector3(2.55, 1.55, 0.2);
const inward = new CatmullRomCurve3([CARD, new Vector3(-1.8, 2.3, 1.2), new Vector3(-0.6, 1.5, 2), SAFE]);
const outward = new CatmullRomCurve3([SAFE, new Vector3(0.6, 1.5, 2), new Vector3(1.8, 2.3, 1.2), HOUSE]);

/** The product as a scene: coins fly into a safe, it shuts, three milestones light up, and each lets a third of them go. */
export function Scene3d({ running, dark, onDrawn, onScene }: Scene3dProps) {
  return (
    <Canvas
      dpr={[1, 1.75]}
      camera={{ position: [0, 1.1, 9.4], fov: 36 }}
      frameloop={running ? "always" : "demand"}
      gl={{ antialias: true, alpha: true, powerPreference: "low-power" }}
      onCreated={({ camera }) => camera.lookAt(0, 0.25, 0)}
    >
      <ambientLight intensity={dark ? 1.7 : 1.9} />
      <directionalLight position={[3, 6, 6]} intensity={dark ? 2.4 : 2.2} />
      <directionalLight position={[-5, 2, 3]} intensity={0.6} color={pine[3]} />
      <Story dark={dark} onDrawn={onDrawn} onScene={onScene} />
    </Canvas>
  );
}

function Story({ dark, onDrawn, onScene }: Omit<Scene3dProps, "running">) {
  const whole = useRef<Group>(null);
  const door = useRef<Group>(null);
  const wheel = useRef<Group>(null);
  const lamps = useRef<(MeshStandardMaterial | null)[]>([]);
  const coins = useRef<InstancedMesh>(null);
  // It begins when the first coins are on their way: an empty picture says nothing.
  const clock = useRef(1);
  const scene = useRef<Moment["scene"] | null>(null);
  useFrame((_, passed) => {
    // A tab that slept goes on where it was.
    clock.current += Math.min(passed, 0.1);
    const now = moment(clock.current);
    if (door.current) door.current.rotation.y = -(1 - now.door) * 1.9;
    if (wheel.current) wheel.current.rotation.z = now.wheel;
    if (whole.current) whole.current.rotation.y = Math.sin(clock.current * 0.35) * 0.09;
    for (const [index, lamp] of lamps.current.entries()) if (lamp) lamp.emissiveIntensity = (now.lights[index] ?? 0) * 2.2;
    if (coins.current) placeCoins(coins.current, now, clock.current);
    if (scene.current !== now.scene) {
      if (scene.current === null) onDrawn();
      scene.current = now.scene;
      onScene(now.scene);
    }
  });
  const steel = dark ? "#4a5a79" : "#34425d";
  return (
    <group ref={whole}>
      <Safe steel={steel} door={door} wheel={wheel} />
      <Card />
      <House dark={dark} />
      <group position={[0, -1.72, 1.05]}>
        {[-0.85, 0, 0.85].map((x, index) => (
          <group key={x} position={[x, 0, 0]}>
            <mesh>
              <cylinderGeometry args={[0.24, 0.28, 0.16, 32]} />
              <meshStandardMaterial color={steel} metalness={0.08} roughness={0.5} />
            </mesh>
            <mesh position={[0, 0.14, 0]}>
              <sphereGeometry args={[0.19, 32, 16, 0, Math.PI * 2, 0, Math.PI / 2]} />
              <meshStandardMaterial
                ref={(material) => {
                  lamps.current[index] = material;
                }}
                color={dark ? "#4a5a79" : "#c5cede"}
                emissive={moneyTones.protected.dark}
                emissiveIntensity={0}
                roughness={0.35}
              />
            </mesh>
          </group>
        ))}
      </group>
      <instancedMesh ref={coins} args={[undefined, undefined, COINS]} frustumCulled={false}>
        <cylinderGeometry args={[0.19, 0.19, 0.055, 28]} />
        <meshStandardMaterial color="#f2b84b" metalness={0.15} roughness={0.35} emissive="#8a5500" emissiveIntensity={0.45} />
      </instancedMesh>
      <Track curve={inward} dark={dark} />
      <Track curve={outward} dark={dark} />
    </group>
  );
}

const holder = new Object3D();
const place = new Vector3();

function placeCoins(mesh: InstancedMesh, now: Moment, seconds: number): void {
  for (const [index, { way, shown }] of now.coins.entries()) {
    const resting = 1 - Math.min(1, Math.abs(way - 1) * 4);
    (way <= 1 ? inward : outward).getPointAt(way <= 1 ? way : way - 1, place);
    // In the safe they lie in three piles, one for each milestone.
    place.x += ((Math.floor(index / 3) - 1) * 0.46) * resting;
    place.y += (-0.42 + (index % 3) * 0.1) * resting;
    if (way >= 1.9) place.y += ((index % 3) * 0.1 + Math.floor(index / 3) * 0.3 - 0.55) * ((way - 1.9) * 10);
    holder.position.copy(place);
    const turn = (1 - resting) * (seconds * 2.2 + index);
    const landed = way > 1.95 || way < 0.02 ? 0.35 : 1;
    holder.rotation.set((1 - resting) * 1.25 * landed, turn * landed, 0);
    holder.scale.setScalar(Math.max(0.0001, shown));
    holder.updateMatrix();
    mesh.setMatrixAt(index, holder.matrix);
  }
  mesh.instanceMatrix.needsUpdate = true;
}

interface SafeProps {
  steel: string;
  door: { current: Group | null };
  wheel: { current: Group | null };
}

function Safe({ steel, door, wheel }: SafeProps) {
  return (
    <group position={[0, 0.1, 0]}>
      {/* Four walls and a back, so that the coins are seen inside. */}
      {[
        { at: [0, 1.18, 0], size: [2.7, 0.24, 1.5] },
        { at: [0, -1.18, 0], size: [2.7, 0.24, 1.5] },
        { at: [-1.23, 0, 0], size: [0.24, 2.3, 1.5] },
        { at: [1.23, 0, 0], size: [0.24, 2.3, 1.5] },
      ].map(({ at, size }) => (
        <mesh key={at.join()} position={at as [number, number, number]}>
          <boxGeometry args={size as [number, number, number]} />
          <meshStandardMaterial color={steel} metalness={0.08} roughness={0.45} />
        </mesh>
      ))}
      <mesh position={[0, 0, -0.66]}>
        <boxGeometry args={[2.5, 2.3, 0.16]} />
        <meshStandardMaterial color="#0f2f26" emissive={pine[7]} emissiveIntensity={0.35} roughness={0.8} />
      </mesh>
      <mesh position={[0, -0.62, 0.1]}>
        <boxGeometry args={[2.2, 0.08, 1.2]} />
        <meshStandardMaterial color={pine[8]} roughness={0.7} />
      </mesh>
      <group ref={door} position={[-1.12, 0, 0.78]}>
        <mesh position={[1.12, 0, 0]}>
          <boxGeometry args={[2.24, 2.14, 0.18]} />
          <meshStandardMaterial color={pine[7]} metalness={0.08} roughness={0.42} />
        </mesh>
        <mesh position={[1.12, 0, 0.1]} rotation={[Math.PI / 2, 0, 0]}>
          <cylinderGeometry args={[0.72, 0.72, 0.07, 48]} />
          <meshStandardMaterial color={pine[8]} metalness={0.08} roughness={0.4} />
        </mesh>
        <group ref={wheel} position={[1.12, 0, 0.22]}>
          <mesh>
            <torusGeometry args={[0.42, 0.06, 16, 48]} />
            <meshStandardMaterial color="#dfe6ee" metalness={0.2} roughness={0.3} />
          </mesh>
          {[0, 1, 2].map((spoke) => (
            <mesh key={spoke} rotation={[0, 0, (spoke * Math.PI) / 3]}>
              <boxGeometry args={[0.07, 1.12, 0.07]} />
              <meshStandardMaterial color="#dfe6ee" metalness={0.2} roughness={0.3} />
            </mesh>
          ))}
        </group>
      </group>
    </group>
  );
}

/** The customer's card, where the money comes from. */
function Card() {
  return (
    <group position={CARD} rotation={[-0.12, 0.42, 0.06]}>
      <mesh>
        <boxGeometry args={[1.25, 0.8, 0.05]} />
        <meshStandardMaterial color={moneyTones.released.light} roughness={0.4} />
      </mesh>
      <mesh position={[0, 0.2, 0.03]}>
        <boxGeometry args={[1.35, 0.18, 0.01]} />
        <meshStandardMaterial color="#131b2b" roughness={0.6} />
      </mesh>
      <mesh position={[-0.42, -0.12, 0.03]}>
        <boxGeometry args={[0.24, 0.18, 0.02]} />
        <meshStandardMaterial color="#f2b84b" metalness={0.5} roughness={0.4} />
      </mesh>
    </group>
  );
}

/** What the contractor works on and where the money goes. */
function House({ dark }: { dark: boolean }) {
  const wall = new Color(dark ? "#cfd6e2" : "#fff7e8");
  return (
    <group position={[HOUSE.x, HOUSE.y - 0.35, 0]} rotation={[0, -0.5, 0]}>
      <mesh position={[0, -0.2, -0.3]}>
        <boxGeometry args={[1.15, 0.8, 0.8]} />
        <meshStandardMaterial color={wall} roughness={0.85} />
      </mesh>
      <mesh position={[0, 0.48, -0.3]} rotation={[0, Math.PI / 4, 0]}>
        <coneGeometry args={[0.98, 0.6, 4]} />
        <meshStandardMaterial color="#b5542f" roughness={0.75} />
      </mesh>
      <mesh position={[-0.2, -0.36, 0.115]}>
        <boxGeometry args={[0.26, 0.48, 0.04]} />
        <meshStandardMaterial color={pine[7]} roughness={0.6} />
      </mesh>
      <mesh position={[0.26, -0.14, 0.115]}>
        <boxGeometry args={[0.28, 0.26, 0.04]} />
        <meshStandardMaterial color="#ffd58a" emissive="#ffc052" emissiveIntensity={0.6} />
      </mesh>
    </group>
  );
}

function Track({ curve, dark }: { curve: CatmullRomCurve3; dark: boolean }) {
  const tube = useRef<TubeGeometry | null>(null);
  tube.current ??= new TubeGeometry(curve, 48, 0.013, 6);
  useEffect(() => () => tube.current?.dispose(), []);
  return (
    <mesh geometry={tube.current}>
      <meshBasicMaterial color={dark ? "#34425d" : "#d8d3c6"} />
    </mesh>
  );
}
